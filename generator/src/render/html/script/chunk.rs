//! Which module is published in which file.
//!
//! A script and what it loads later are files; a module lies in the file that is there before every one that needs it. So
//! nothing is published twice, and a file takes what it shares only from files that are loaded already.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{Module, minified, refused};
use crate::render::html::TemplateError;

/// Stands in names and versions while files are put together, lengthened until no script contains it.
const MARK: &str = "_of_module";

type Modules<'m> = BTreeMap<&'m str, Module>;

/// Stands for the version that is known only when all files are written.
pub(super) fn version_mark(modules: &Modules<'_>) -> String {
    let mut mark = MARK.to_owned();
    while modules.values().any(|module| module.contains(&mark)) {
        mark.push_str(MARK);
    }
    mark
}

/// What the script at `path` imports, before it, and itself.
pub(super) fn order<'m>(
    path: &'m str,
    modules: &'m Modules<'m>,
) -> Result<Vec<&'m str>, TemplateError> {
    let mut places = Vec::new();
    visit(path, modules, &mut Vec::new(), &mut places)?;
    Ok(places)
}

fn visit<'m>(
    path: &'m str,
    modules: &'m Modules<'m>,
    open: &mut Vec<&'m str>,
    places: &mut Vec<&'m str>,
) -> Result<(), TemplateError> {
    let Some(module) = modules.get(path).filter(|_| !places.contains(&path)) else { return Ok(()) };
    open.push(path);
    for import in &module.imports {
        let from = import.from.as_str();
        let Some(other) = modules.get(from) else {
            return Err(refused(path, import.line, &format!("`{from}` is not there")));
        };
        if open.contains(&from) {
            let reason = format!("`{from}` imports this script in turn");
            return Err(refused(path, import.line, &reason));
        }
        if let Some(name) = import.names.values().find(|name| !other.exports.contains_key(*name)) {
            let reason = format!("`{from}` does not export `{name}`");
            return Err(refused(path, import.line, &reason));
        }
        visit(from, modules, open, places)?;
    }
    if let Some(load) = module.loads.iter().find(|load| !modules.contains_key(load.from.as_str())) {
        return Err(refused(path, load.line, &format!("`{}` is not there", load.from)));
    }
    open.pop();
    places.push(path);
    Ok(())
}

/// The files that one script becomes.
pub(super) struct Graph<'m> {
    modules: &'m Modules<'m>,
    mark: String,
    /// The modules of each file with what they import, in the order in which they run.
    reach: BTreeMap<&'m str, Vec<&'m str>>,
    /// The file that each module lies in.
    home: BTreeMap<&'m str, &'m str>,
}

/// A name at the top of a module: the module, and what it is called there.
type Symbol<'m> = (&'m str, &'m str);

impl<'m> Graph<'m> {
    pub(super) fn of(script: &'m str, modules: &'m Modules<'m>) -> Result<Self, TemplateError> {
        let mut reach = BTreeMap::new();
        let mut waiting = vec![script];
        while let Some(file) = waiting.pop() {
            if reach.contains_key(file) {
                continue;
            }
            let inside = order(file, modules)?;
            waiting.extend(loaded(&inside, modules));
            reach.insert(file, inside);
        }
        let before = before(script, &reach, modules);
        let mut home = BTreeMap::new();
        for module in reach.values().flatten() {
            let needing = reach.iter().filter(|(_, inside)| inside.contains(module));
            let there = needing.filter_map(|(file, _)| before.get(file));
            let shared = there.cloned().reduce(|one, other| &one & &other).unwrap_or_default();
            // The last of them to be loaded: the fewer scripts wait for it, the better.
            let last =
                shared.into_iter().max_by_key(|file| before.get(file).map_or(0, BTreeSet::len));
            home.insert(*module, last.unwrap_or(script));
        }
        Ok(Self { modules, mark: version_mark(modules), reach, home })
    }

    /// The text of each file, with the mark where the version will stand.
    pub(super) fn texts(&self) -> Result<BTreeMap<&'m str, String>, TemplateError> {
        let mut lent: BTreeMap<&str, BTreeSet<Symbol<'m>>> = BTreeMap::new();
        for file in self.reach.keys() {
            for symbol in self.borrowed(file) {
                lent.entry(self.home_of(symbol)).or_default().insert(symbol);
            }
        }
        let text = |file: &'m str| minified(&self.text(file, &lent));
        Ok(self.reach.keys().map(|file| (*file, text(file))).collect())
    }

    fn text(&self, file: &'m str, lent: &BTreeMap<&str, BTreeSet<Symbol<'m>>>) -> String {
        let mut text = String::new();
        let lent_by = |owner: &str| lent.get(owner).into_iter().flatten().enumerate();
        let borrowed = self.borrowed(file);
        let owners: BTreeSet<&str> = borrowed.iter().map(|symbol| self.home_of(*symbol)).collect();
        for owner in owners {
            let names: Vec<String> = lent_by(owner)
                .filter(|(_, symbol)| borrowed.contains(symbol))
                .map(|(place, symbol)| format!("_{place} as {}", self.unique(*symbol)))
                .collect();
            let address = self.address(file, owner);
            text.push_str(&format!("import{{{}}}from\"{address}\";\n", names.join(",")));
        }
        for path in self.own(file) {
            let Some(module) = self.modules.get(path) else { continue };
            let name = |local: &str| self.unique(self.resolved((path, local)));
            text.push_str(&module.under(name, |to| self.address(file, to)));
        }
        let offered =
            self.exports(file).into_iter().map(|(name, symbol)| (name.to_owned(), symbol));
        let names: Vec<String> = lent_by(file)
            .map(|(place, symbol)| (format!("_{place}"), *symbol))
            .chain(offered)
            .map(|(name, symbol)| format!("{} as {name}", self.unique(symbol)))
            .collect();
        text.push_str(&format!("export{{{}}};\n", names.join(",")));
        text
    }

    /// The modules that lie in `file`, in the order in which they run.
    fn own(&self, file: &str) -> impl Iterator<Item = &'m str> {
        let inside = self.reach.get(file).into_iter().flatten().copied();
        inside.filter(move |module| self.home.get(module).is_some_and(|home| *home == file))
    }

    /// What the script that `file` is named after exports.
    fn exports(&self, file: &'m str) -> BTreeMap<&'m str, Symbol<'m>> {
        let exports = self.modules.get(file).map(|module| &module.exports);
        let exports = exports.into_iter().flatten();
        exports.map(|(name, local)| (name.as_str(), self.resolved((file, local)))).collect()
    }

    /// What `file` needs from files that are loaded before it.
    fn borrowed(&self, file: &'m str) -> BTreeSet<Symbol<'m>> {
        let imports = self.own(file).filter_map(|path| Some((path, self.modules.get(path)?)));
        let imported = imports.flat_map(|(path, module)| {
            let locals = module.imports.iter().flat_map(|import| import.names.keys());
            locals.map(move |local| self.resolved((path, local.as_str())))
        });
        let needed = imported.chain(self.exports(file).into_values());
        needed.filter(|symbol| self.home_of(*symbol) != file).collect()
    }

    /// Where a name is declared, through whatever imports lead there.
    fn resolved(&self, (path, local): Symbol<'m>) -> Symbol<'m> {
        let origin = self.modules.get(path).and_then(|module| module.origin(local));
        let there = origin.and_then(|(import, name)| {
            let (from, module) = self.modules.get_key_value(import.from.as_str())?;
            Some((*from, module.exports.get(name)?.as_str()))
        });
        there.map_or((path, local), |symbol| self.resolved(symbol))
    }

    fn home_of(&self, (path, _): Symbol<'_>) -> &'m str {
        self.home.get(path).copied().unwrap_or_default()
    }

    /// A name that no other module has, at the top or further down.
    fn unique(&self, (path, local): Symbol<'_>) -> String {
        let number = self.modules.keys().position(|one| *one == path).unwrap_or_default();
        format!("{local}{}{number}", self.mark)
    }

    /// The address of `to` as seen from `file`.
    fn address(&self, file: &str, to: &str) -> String {
        let (mut from, mut parts): (Vec<&str>, Vec<&str>) =
            (file.split('/').collect(), to.split('/').collect());
        from.pop();
        let shared = from.iter().zip(&parts).take_while(|(one, other)| one == other).count();
        let up = from.len().saturating_sub(shared);
        let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
        format!("{start}{}?v={}", parts.split_off(shared).join("/"), self.mark)
    }
}

/// What the modules in one file load when it is needed.
fn loaded<'m>(inside: &[&'m str], modules: &'m Modules<'m>) -> Vec<&'m str> {
    let inside = inside.iter().filter_map(|path| modules.get(path));
    inside.flat_map(|module| module.loads.iter().map(|load| load.from.as_str())).collect()
}

/// The files that are there whenever a file is: itself, and what is common to all ways that lead to it.
fn before<'m>(
    script: &'m str,
    reach: &BTreeMap<&'m str, Vec<&'m str>>,
    modules: &'m Modules<'m>,
) -> BTreeMap<&'m str, BTreeSet<&'m str>> {
    let all: BTreeSet<&str> = reach.keys().copied().collect();
    let mut before: BTreeMap<&str, BTreeSet<&str>> =
        all.iter().map(|file| (*file, all.clone())).collect();
    before.insert(script, BTreeSet::from([script]));
    // Each round takes files away or is the last.
    loop {
        let mut is_settled = true;
        for (file, inside) in reach {
            let there = before.get(file).cloned().unwrap_or_default();
            for to in loaded(inside, modules).into_iter().filter(|to| *to != script) {
                let mut left = before.get(to).map(|known| known & &there).unwrap_or_default();
                left.insert(to);
                is_settled &= before.insert(to, left.clone()) == Some(left);
            }
        }
        if is_settled {
            return before;
        }
    }
}
