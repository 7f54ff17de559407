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
  // A description of one line stands on one line, a longer one in a block.
  "@graphql-eslint/description-style": "off",
  "@graphql-eslint/strict-id-in-types": ["error", { exceptions: { types: values } }],
  // Fields of one name have one type on all nodes, so that activityForm is not named form.
  "@graphql-eslint/no-typename-prefix": "off",
  // Lists of nodes that no page is needed for are plain lists; and what a log tells is no node.
  "@graphql-eslint/relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
  // A search, and what follows a log, goes forward alone.
  "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
};

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
const findings = messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`);
assert.equal(findings.length, 0, findings.join("\n"));
console.log(`${Object.keys(rules).length} rules, nothing found`);
