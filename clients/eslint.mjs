// graphql-eslint: its recommended rules and Relay's, on the schema that the service serves.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import graphql from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";
import { buildSchema, isObjectType } from "graphql";
import { sdl } from "./service.mjs";

const given = await sdl();

/** Types that do not implement Node are values within a node or an answer, and have no id. */
const values = Object.values(buildSchema(given).getTypeMap())
  .filter((type) => isObjectType(type) && !type.getInterfaces().some(({ name }) => name === "Node"))
  .map(({ name }) => name);

const rules = {
  ...graphql.configs["flat/schema-recommended"].rules,
  ...graphql.configs["flat/schema-relay"].rules,
  // Short descriptions use "…", longer ones a block; the rule allows only one style.
  "@graphql-eslint/description-style": "off",
  "@graphql-eslint/strict-id-in-types": ["error", { exceptions: { types: values } }],
  // Short lists of nodes are plain lists without pages.
  "@graphql-eslint/relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false }],
};

/** Accepted findings, by rule and message, each with its reason. Remove those that no longer occur. */
const exceptions = [
  // A field name has the same type on all nodes, so that one query can select any node: hence activityForm, documentForm, …
  ["no-typename-prefix", /^Field "(\w+)(Form|Status)" starts with the name of the parent type/],
  ["no-typename-prefix", /^Field "evidenceKind" starts with/],
  // "supports" is a verb like "refutes", not the name of a type.
  ["no-typename-prefix", /^Field "supports" starts with/],
  // Search has only forward paging.
  ["relay-arguments", /^Field `search` must contain an argument `(last|before)`/],
  // A change is an event and cannot be fetched by id.
  ["relay-edge-types", /^Edge type's field `node` must implement `Node` interface/],
];

mkdirSync("generated", { recursive: true });
writeFileSync("generated/schema.graphqls", given);
const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: {
    files: ["**/*.graphqls"],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: "generated/schema.graphqls" } } },
    plugins: { "@graphql-eslint": graphql },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules,
  },
});
const [{ messages }] = await eslint.lintFiles("generated/schema.graphqls");
const isOf = ({ ruleId, message }, [rule, text]) => ruleId === `@graphql-eslint/${rule}` && text.test(message);
const findings = messages
  .filter((found) => !exceptions.some((exception) => isOf(found, exception)))
  .map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`);
assert.equal(findings.length, 0, findings.join("\n"));
for (const exception of exceptions) {
  assert.ok(messages.some((found) => isOf(found, exception)), `the exception ${exception.join(" ")} no longer occurs: remove it`);
}
console.log(`${Object.keys(rules).length} rules, ${exceptions.length} exceptions with ${messages.length} findings`);
