//! One script of a theme: what it imports, loads and exports, and its text under other names.

use std::collections::BTreeMap;

use oxc::allocator::{Allocator, ArenaVec};
use oxc::ast::ast::{
    Expression, ImportDeclaration, ImportDeclarationSpecifier, ImportExpression, Program, Statement,
};
use oxc::ast_visit::{Visit, VisitMut, walk, walk_mut};
use oxc::codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc::diagnostics::Diagnostics;
use oxc::minifier::{Minifier, MinifierOptions};
use oxc::parser::Parser;
use oxc::semantic::{Scoping, SemanticBuilder, SymbolId};
use oxc::span::{GetSpan as _, SourceType};
use oxc::str::{Ident, Str};
use oxc::syntax::module_record::{ExportExportName, ExportLocalName, ModuleRecord};

use crate::render::html::TemplateError;

/// A file that a script needs, at once or later.
#[derive(Debug)]
pub(super) struct Import {
    /// The path of that file.
    pub from: String,
    /// What the script calls each name of that file.
    pub names: BTreeMap<String, String>,
    /// As the script writes it.
    request: String,
    pub line: usize,
}

/// One script.
#[derive(Debug)]
pub(super) struct Module {
    path: String,
    text: String,
    pub imports: Vec<Import>,
    /// What it asks for only when it is needed.
    pub loads: Vec<Import>,
    /// What it exports, and what it calls that itself.
    pub exports: BTreeMap<String, String>,
}

impl Module {
    /// Reads the script at `path`.
    pub(super) fn read(path: &str, text: &str) -> Result<Self, TemplateError> {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, text, SourceType::unambiguous()).parse();
        refuse_mistakes(path, text, &parsed.diagnostics)?;
        let checked = SemanticBuilder::new().with_check_syntax_error(true).build(&parsed.program);
        refuse_mistakes(path, text, &checked.diagnostics)?;
        let mut module = Self {
            path: path.to_owned(),
            text: text.to_owned(),
            imports: Vec::new(),
            loads: Vec::new(),
            exports: exports(&parsed.module_record),
        };
        for statement in &parsed.program.body {
            match statement {
                Statement::ImportDeclaration(import) => module.import(import)?,
                Statement::ExportAllDeclaration(_)
                | Statement::ExportDefaultDeclaration(_)
                | Statement::ExportFromDeclaration(_) => {
                    let reason = "scripts of a theme export what they declare, by name";
                    return Err(module.refused(statement.span().start, reason));
                }
                _ => {}
            }
        }
        let mut loads = Loads { found: Vec::new() };
        loads.visit_program(&parsed.program);
        for (request, start) in loads.found {
            let load = module.needed(&request, start, BTreeMap::new())?;
            module.loads.push(load);
        }
        Ok(module)
    }

    fn import(&mut self, import: &ImportDeclaration<'_>) -> Result<(), TemplateError> {
        let mut names = BTreeMap::new();
        for specifier in import.specifiers.iter().flatten() {
            let ImportDeclarationSpecifier::ImportSpecifier(one) = specifier else {
                let reason = "scripts of a theme import by name: `import { name } from …`";
                return Err(self.refused(specifier.span().start, reason));
            };
            names.insert(one.local.name.to_string(), one.imported.name().to_string());
        }
        let needed = self.needed(&import.source.value, import.source.span.start, names)?;
        self.imports.push(needed);
        Ok(())
    }

    fn needed(
        &self,
        request: &str,
        start: u32,
        names: BTreeMap<String, String>,
    ) -> Result<Import, TemplateError> {
        let from = beside(&self.path, request)
            .ok_or_else(|| self.refused(start, "scripts of a theme import files of the theme"))?;
        Ok(Import { from, names, request: request.to_owned(), line: self.line(start) })
    }

    /// Whether it is published as it is, when nothing imports it.
    pub(super) const fn is_alone(&self) -> bool {
        self.imports.is_empty() && self.loads.is_empty()
    }

    /// Whether `mark` stands somewhere in it.
    pub(super) fn contains(&self, mark: &str) -> bool {
        self.text.contains(mark)
    }

    /// The file and the name there that `local` is imported from.
    pub(super) fn origin(&self, local: &str) -> Option<(&Import, &str)> {
        self.imports.iter().find_map(|import| Some((import, import.names.get(local)?.as_str())))
    }

    fn line(&self, offset: u32) -> usize {
        line(&self.text, offset)
    }

    fn refused(&self, offset: u32, reason: &str) -> TemplateError {
        refused(&self.path, self.line(offset), reason)
    }

    /// Its statements without imports and the word `export`: what it declares at the top is called as `name` says, and
    /// what it loads lies at the address that `address` says.
    pub(super) fn under(
        &self,
        name: impl Fn(&str) -> String,
        address: impl Fn(&str) -> String,
    ) -> String {
        let allocator = Allocator::default();
        let mut program = Parser::new(&allocator, &self.text, SourceType::mjs()).parse().program;
        let mut scoping = SemanticBuilder::new().build(&program).semantic.into_scoping();
        let declared: Vec<(String, SymbolId)> = scoping
            .get_bindings(scoping.root_scope_id())
            .iter()
            .map(|(local, symbol)| (local.to_string(), *symbol))
            .collect();
        for (local, symbol) in declared {
            scoping.set_symbol_name(symbol, Ident::from(name(&local).as_str()));
        }
        let addresses: BTreeMap<&str, String> =
            self.loads.iter().map(|load| (load.request.as_str(), address(&load.from))).collect();
        Addressed { allocator: &allocator, addresses }.visit_program(&mut program);
        unwrap_exports(&allocator, &mut program);
        printed(&program, Some(scoping), false)
    }
}

/// What a script exports, from the reader's own record.
fn exports(record: &ModuleRecord<'_>) -> BTreeMap<String, String> {
    // What is imported and exported again is "indirect".
    let entries = record.local_export_entries.iter().chain(&record.indirect_export_entries);
    entries
        .filter_map(|entry| match (&entry.export_name, &entry.local_name) {
            (ExportExportName::Name(name), ExportLocalName::Name(local)) => {
                Some((name.name.to_string(), local.name.to_string()))
            }
            _ => None,
        })
        .collect()
}

/// Takes imports out, and the word `export` from what is declared.
fn unwrap_exports<'a>(allocator: &'a Allocator, program: &mut Program<'a>) {
    let body = std::mem::replace(&mut program.body, ArenaVec::new_in(&allocator));
    for statement in body {
        match statement {
            Statement::ImportDeclaration(_) | Statement::ExportNamedDeclaration(_) => {}
            Statement::ExportDeclaration(export) => {
                program.body.push(Statement::from(export.unbox().declaration));
            }
            other => program.body.push(other),
        }
    }
}

/// `text`, which is a whole module, written as shortly as it can be.
pub(super) fn minified(text: &str) -> String {
    let allocator = Allocator::default();
    let mut program = Parser::new(&allocator, text, SourceType::mjs()).parse().program;
    let made = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut program);
    printed(&program, made.scoping, true)
}

/// Comments that state a licence stay.
fn printed(program: &Program<'_>, scoping: Option<Scoping>, minify: bool) -> String {
    let kept =
        CommentOptions { normal: false, jsdoc: false, annotation: true, ..Default::default() };
    let options = CodegenOptions { minify, comments: kept, ..CodegenOptions::default() };
    Codegen::new().with_options(options).with_scoping(scoping).build(program).code
}

/// Finds `import("./file.js")`. An address that is worked out, or is another site's, is left alone.
struct Loads {
    found: Vec<(String, u32)>,
}

impl<'a> Visit<'a> for Loads {
    fn visit_import_expression(&mut self, load: &ImportExpression<'a>) {
        if let Expression::StringLiteral(source) = &load.source
            && source.value.starts_with('.')
        {
            self.found.push((source.value.to_string(), source.span.start));
        }
        walk::walk_import_expression(self, load);
    }
}

/// Writes the addresses into `import(…)`.
struct Addressed<'a, 'm> {
    allocator: &'a Allocator,
    addresses: BTreeMap<&'m str, String>,
}

impl<'a> VisitMut<'a> for Addressed<'a, '_> {
    fn visit_import_expression(&mut self, load: &mut ImportExpression<'a>) {
        if let Expression::StringLiteral(source) = &mut load.source
            && let Some(address) = self.addresses.get(source.value.as_str())
        {
            source.value = Str::from_str_in(address, &self.allocator);
            source.raw = None;
        }
        walk_mut::walk_import_expression(self, load);
    }
}

/// The path that `request` names in the script at `path`.
fn beside(path: &str, request: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    if !request.starts_with("./") && !request.starts_with("../") {
        return None;
    }
    for part in request.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn line(text: &str, offset: u32) -> usize {
    let before = text.get(..offset as usize).unwrap_or(text);
    before.matches('\n').count().saturating_add(1)
}

fn refuse_mistakes(path: &str, text: &str, found: &Diagnostics) -> Result<(), TemplateError> {
    let Some(mistake) = found.errors().next() else { return Ok(()) };
    let start = mistake.labels.first().map_or(0, |label| label.span().start);
    Err(refused(path, line(text, start), &mistake.message))
}

/// What is wrong in the script at `path`.
pub(super) fn refused(path: &str, line: usize, reason: &str) -> TemplateError {
    TemplateError::file(path, format!("line {line}: {reason}"))
}
