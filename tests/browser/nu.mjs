// Every HTML file of a built site before the Nu checker.
//
//   node nu.mjs SITE

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { judging, pagesOf } from "./site.mjs";

const [site] = process.argv.slice(2);
const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
const { judge, end } = judging("nu");

const { stderr, error } = spawnSync(
  "java", ["-jar", jar, "--skip-non-html", "--format", "json", "--exit-zero-always", site],
  { encoding: "utf8", maxBuffer: 1 << 28 },
);
if (error) throw error;
// Read from a folder, a page has no host, and no file is its own by the policy that it states; and data for machines
// (`application/ld+json`) is taken for a script. The browser says of both that they are within the policy.
const policy = /^(Resource|Inline script) violates Content Security Policy/;
const messages = JSON.parse(stderr).messages.filter(({ message }) => !policy.test(message));
for (const { path } of pagesOf(site)) {
  const file = join(resolve(site), `${path}${path.endsWith("/") ? "index.html" : ""}`);
  judge(path, messages.filter(({ url }) => url && decodeURIComponent(new URL(url).pathname) === file)
    .map(({ lastLine, type, subType, message }) => `${lastLine}: ${subType ?? type}: ${message}`));
}
judge("what belongs to no page", messages.filter(({ url }) => !url?.endsWith(".html")).map(({ message }) => message));
end();
