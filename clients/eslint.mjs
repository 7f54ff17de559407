// graphql-eslint: its recommended rules and Relay's, on the schema that the service hands out.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import graphql from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";
import { buildSchema, isObjectType } from "graphql";
import { sdl } from "./service.mjs";

const given = await sdl();

/** Types that are no Node are values: parts of something that has an id, or of an answer. Nobody asks for one by itself. */
const values = Object.values(buildSchema(given).getTypeMap())
  .filter((type) => isObjectType(type) && !type.getInterfaces().some(({ name }) => name === "Node"))
  .map(({ name }) => name);

const rules = {
  ...graphql.configs["flat/schema-recommended"].rules,
  ...graphql.configs["flat/schema-relay"].rules,
  // A description of one line stands on one line, a longer one in a block: the rule knows only one style for all.
  "@graphql-eslint/description-style": "off",
  "@graphql-eslint/strict-id-in-types": ["error", { exceptions: { types: values } }],
  // Lists of nodes that need no page are plain lists.
  "@graphql-eslint/relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false }],
};

/** Findings that stay, by rule and message, each with its reason. One that no longer occurs has to go from this list. */
const exceptions = [
  // Fields of one name have one type on all nodes, so that a page can select any node: a form is that of activities, of documents, …
  ["no-typename-prefix", /^Field "(\w+)(Form|Status)" starts with the name of the parent type/],
  ["no-typename-prefix", /^Field "evidenceKind" starts with/],
  // What supports a claim is a verb beside refutes, and not the name of its type.
  ["no-typename-prefix", /^Field "supports" starts with/],
  // The ranking of a search is kept from its start.
  ["relay-arguments", /^Field `search` must contain an argument `(last|before)`/],
  // A change is an event, and no record that is asked for by itself.
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
  assert.ok(messages.some((found) => isOf(found, exception)), `the exception ${exception.join(" ")} is needed no longer`);
}
console.log(`${Object.keys(rules).length} rules, ${exceptions.length} exceptions with ${messages.length} findings`);
