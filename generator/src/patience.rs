//! Waiting a little for another command to finish: two in a row in a script must not refuse each other.

use std::fs::{File, TryLockError};
use std::thread;
use std::time::Duration;

/// How long a command waits for the other one before it says that the place is busy.
const WAIT_MAX: Duration = Duration::from_secs(3);

/// How long it sleeps between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// Locks `file` for this process, waiting at most [`WAIT_MAX`] for whoever holds it.
///
/// # Errors
/// [`TryLockError::WouldBlock`] when it is still held then.
pub(crate) fn lock(file: &File) -> Result<(), TryLockError> {
    let mut looks = WAIT_MAX.as_millis() / LOOK_EVERY.as_millis();
    loop {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if looks > 0 => {
                looks -= 1;
                thread::sleep(LOOK_EVERY);
            }
            answer => return answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_given_back_in_time_is_taken_and_one_that_is_not_is_busy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = File::create(&path).unwrap();
        let second = File::create(&path).unwrap();
        lock(&first).unwrap();
        assert!(matches!(lock(&second), Err(TryLockError::WouldBlock)));
        let giver = thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            drop(first);
        });
        assert!(lock(&second).is_ok());
        giver.join().unwrap();
    }
}
