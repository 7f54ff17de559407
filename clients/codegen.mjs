// graphql-codegen: the types of the schema and of every example must compile in TypeScript's strict mode.
import { execFileSync } from "node:child_process";
import { generate } from "@graphql-codegen/cli";
import { examples } from "./examples.mjs";
import { sdl } from "./service.mjs";

const written = await generate(
  {
    schema: await sdl(),
    documents: "../examples/**/*.graphql",
    generates: {
      "generated/typed/": {
        preset: "client",
        presetConfig: { fragmentMasking: false, persistedDocuments: true },
        config: { strictScalars: true, scalars: { Date: "string", DateTime: "string", URI: "string" }, enumsAsTypes: true, useTypeImports: true },
      },
    },
    silent: true,
  },
  true,
);
execFileSync("npx", ["--no-install", "tsc", "--project", "tsconfig.json"], { stdio: "inherit" });
console.log(`${examples.length} examples, ${written.length} files`);
