// The service under test. Its base URL is the script's only argument.
import { getIntrospectionQuery } from "graphql";

const base = process.argv[2];
if (!base) throw new Error("give the service's address, such as http://127.0.0.1:8080");

export const endpoint = new URL("/graphql", base).href;

/** The schema from introspection. */
export async function introspect() {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true, oneOf: true }) }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data.__schema;
}

/** The text of the schema at /schema.graphql, with descriptions. */
export const sdl = async () => (await fetch(new URL("/schema.graphql", base))).text();
