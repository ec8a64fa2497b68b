// Every HTML file of a built site before html-validate.
//
//   node markup.mjs SITE

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const [site] = process.argv.slice(2);

// The recommended rules, without those that judge taste.
const judge = new HtmlValidate(new FileSystemConfigLoader({ root: true, extends: ["html-validate:recommended"], rules: {} }));

const pages = readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html")).sort();
let [passed, failed] = [0, 0];
for (const page of pages) {
  const { valid, results } = await judge.validateString(readFileSync(join(site, page), "utf8"), page);
  valid ? passed++ : failed++;
  for (const { line, column, ruleId, message } of results.flatMap((result) => result.messages)) {
    console.log(`${page}:${line}:${column} ${ruleId}: ${message}`);
  }
}
console.log(`markup: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
