// The operations of ../examples as [name, document, variables]. The variables are in the first comment of each file.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const folder = new URL("../examples", import.meta.url).pathname;

export const examples = readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith(".graphql"))
  .sort()
  .map((file) => {
    const document = readFileSync(join(folder, file), "utf8");
    const variables = /^# variables: (.*)$/m.exec(document);
    return { name: file.replace(/\.graphql$/, ""), document, variables: variables ? JSON.parse(variables[1]) : {} };
  });
