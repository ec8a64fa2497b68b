# Words that are signed into credentials and served for ever as part of immutable records.
# Add messages; never change one: a record that is made again must equal the record that was signed.

signed-level-name = { $name } – { $level }
signed-level = Level { $number }: { $level }
signed-levels = Levels
signed-all-of = All of the following:
signed-at-least = At least { $at_least } of the following { $total }:
signed-met = Criteria met:
