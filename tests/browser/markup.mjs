// Every HTML file of a built site before html-validate.
//
//   node markup.mjs SITE

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { judging } from "./site.mjs";

const [site] = process.argv.slice(2);

// The recommended rules, without those that judge taste.
const validator = new HtmlValidate(new FileSystemConfigLoader({ root: true, extends: ["html-validate:recommended"], rules: {} }));

const pages = readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html")).sort();
const { judge, end } = judging("markup");
for (const page of pages) {
  const { results } = await validator.validateString(readFileSync(join(site, page), "utf8"), page);
  const messages = results.flatMap((result) => result.messages);
  judge(page, messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`));
}
end();
