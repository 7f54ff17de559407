// graphql-inspector: introspection and /schema.graphql must agree, and every example must be valid.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { buildClientSchema, buildSchema, printSchema } from "graphql";
import { examples } from "./examples.mjs";
import { introspect, sdl } from "./service.mjs";

const inspect = (...words) => execFileSync("npx", ["--no-install", "graphql-inspector", ...words], { encoding: "utf8" });

mkdirSync("generated", { recursive: true });
// Both schemas are printed without directives on fields, which introspection does not report.
writeFileSync("generated/given.graphql", printSchema(buildSchema(await sdl())));
writeFileSync("generated/told.graphql", printSchema(buildClientSchema({ __schema: await introspect() })));

assert.match(inspect("diff", "generated/told.graphql", "generated/given.graphql"), /No changes detected/);
assert.match(inspect("validate", "../examples/**/*.graphql", "generated/given.graphql"), /All documents are valid/);
console.log(`no difference; ${examples.length} examples are valid`);
