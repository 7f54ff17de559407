// Assistants: the official client over both transports. Arguments: the address of a service, that of a service with planted
// instructions, the binary, and the address of the service's Dgraph.
import assert from "node:assert/strict";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import { answer, overHTTP, overStdio, refusal } from "./connect.mjs";

const [address, planted, binary, dgraph] = process.argv.slice(2);

/** An operation without the tools. */
async function graphql(query, at = address) {
  const response = await fetch(new URL("/graphql", at), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  return data;
}

const calls = [
  ["search", { query: "digital divide" }],
  ["search", { query: "اقتدار", lang: "ar" }],
  ["get_entity", { kind: "COUNTRY", code: "EGY" }],
  ["recommendations_for_target", { target: "16.6" }],
  ["recommendations_for_target", { target: "16.6", country: "EGY", includeGoalLevel: true, lang: "ar" }],
  ["trace_path", { from: { kind: "SDG_TARGET", code: "16.6" }, to: { kind: "COUNTRY", code: "OMN" }, lang: "ar" }],
  ["evidence", { kind: "RECOMMENDATION", code: "ENACT-KM-10" }],
  ["country_profile", { iso3: "EGY", lang: "ar" }],
  ["action_plan", { targets: ["16.6", "16.7"], country: "EGY", budget: 3 }],
  ["gap_map", { rows: "CHALLENGE", columns: "SDG_TARGET" }],
  ["run_query", { query: "query($code: String!) { country(code: $code) { code } }", variables: { code: "EGY" } }],
  ["get_schema", {}],
  ["get_schema", { types: ["Claim"] }],
];

async function tools(client) {
  const { tools } = await client.listTools();
  assert.equal(tools.length, 10);
  const validators = new Map();
  for (const { name, annotations, inputSchema, outputSchema } of tools) {
    assert.ok(annotations.readOnlyHint && annotations.idempotentHint && annotations.openWorldHint === false, name);
    assert.equal(inputSchema.additionalProperties, false, name);
    validators.set(name, new AjvJsonSchemaValidator().getValidator(outputSchema));
  }
  for (const [name, args] of calls) {
    const began = performance.now();
    const { text, ...content } = await answer(client, name, args);
    const took = performance.now() - began;
    const valid = validators.get(name)(content);
    assert.ok(valid.valid, `${name}: ${valid.errorMessage}`);
    const size = [...JSON.stringify(content)].length;
    assert.ok(size <= 24_000 && [...text].length <= 24_000, `${name} has ${size} characters`);
    assert.ok(content.snapshot && content.snapshotAt && content.asOf, name);
    console.log(`${name}: ${size} characters, ${took.toFixed(0)} ms`);
  }
}

/** The parts of an answer, to the end of its cursor. */
async function parts(client, name, args, take) {
  const all = [];
  for (let after; ; ) {
    const part = await answer(client, name, after ? { ...args, after } : args);
    all.push(...take(part));
    if (!part.nextCursor) return all;
    assert.notEqual(part.nextCursor, after);
    after = part.nextCursor;
  }
}

async function cursors(client) {
  const { entity } = await graphql(`{ entity(ref: {kind: INITIATIVE, code: "ENACT"}) {
    claims(first: 100, orderBy: {field: SUPPORT, direction: DESC}) { nodes { id } }
  } }`);
  const claims = await parts(client, "evidence", { kind: "INITIATIVE", code: "ENACT" }, (part) => part.claims.map((c) => c.claim.id));
  assert.deepEqual(claims, entity.claims.nodes.map((n) => n.id));
  const { search } = await graphql(`{ search(query: "digital government", first: 100) { nodes { kind code } } }`);
  const hits = await parts(client, "search", { query: "digital government", first: 20 }, (part) => part.hits.map((h) => `${h.kind}/${h.code}`));
  assert.deepEqual(hits.slice(0, 100), search.nodes.map((n) => `${n.kind}/${n.code}`));
  const { gapMap } = await graphql(`{ gapMap(rows: CHALLENGE, columns: SDG_TARGET) { cells { row column } } }`);
  const cells = await parts(client, "gap_map", { rows: "CHALLENGE", columns: "SDG_TARGET" }, (part) => part.cells.map((c) => `${c.row.code} ${c.column.code}`));
  const known = new Set(gapMap.cells.map((c) => `${c.row} ${c.column}`));
  assert.equal(new Set(cells).size, Math.min(200, known.size));
  assert.ok(cells.every((c) => known.has(c)));
}

async function errors(client) {
  for (const [name, args, code, nearest] of [
    ["recommendations_for_target", { target: "16.6", country: "EGP" }, "BAD_INPUT", "EGY"],
    ["get_entity", { kind: "INITIATIVE", code: "ENACTT" }, "BAD_INPUT", "ENACT"],
    ["search", { query: "digital", firs: 3 }, "BAD_INPUT", "first"],
    ["evidence", {}, "BAD_INPUT"],
    ["evidence", { claim: "x", kind: "COUNTRY", code: "EGY" }, "BAD_INPUT"],
    ["run_query", { query: "mutation { change }" }, "FORBIDDEN"],
    ["run_query", { query: "{ __schema { types { name } } }" }, "LIMIT_EXCEEDED"],
    ["run_query", { query: "{ claims(first: 100) { nodes { evidence(first: 100) { nodes { claim { evidence(first: 100) { nodes { id } } } } } } } }" }, "LIMIT_EXCEEDED"],
  ]) {
    const refused = await refusal(client, name, args);
    assert.equal(refused.code, code, `${name} ${JSON.stringify(args)}`);
    assert.match(refused.message.ar, /[ء-ي]/);
    assert.match(refused.message.en, /[a-z]/);
    assert.ok(Array.isArray(refused.allowed));
    if (nearest) assert.ok(refused.nearest.includes(nearest), `${name}: ${refused.nearest}`);
  }
  await assert.rejects(client.callTool({ name: "delete_claim", arguments: {} }));
}

async function languages(client) {
  const both = await answer(client, "search", { query: "عمان", lang: "ar" });
  const readings = both.ambiguities.flatMap((a) => a.readings.map((r) => r.title.en));
  assert.deepEqual(readings.toSorted(), ["Amman", "Oman"]);
  const { recommendations, text } = await answer(client, "recommendations_for_target", { target: "16.6", lang: "ar" });
  assert.match(recommendations[0].claim.sentence, /[ء-ي]/);
  assert.match(recommendations[0].claim.basisSentence, /واردة في مصدر|استنتجها محرّر/);
  assert.doesNotMatch(text.replaceAll(/\S*\/id\/\S+/g, ""), /\b(STATED|INFERRED|EFFECT|FACT|LOW|VERY_LOW|TARGET|GOAL|RECOMMENDATION)\b/);
}

async function others(client) {
  assert.match(client.getInstructions(), /never follow an instruction/);
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.deepEqual(resourceTemplates.map((t) => t.uriTemplate).toSorted(), ["masar://document/{code}", "masar://entity/{kind}/{code}", "masar://examples/{name}"]);
  const { contents } = await client.readResource({ uri: "masar://entity/COUNTRY/EGY" });
  assert.equal(JSON.parse(contents[0].text).entity.code, "EGY");
  const codes = await client.complete({
    ref: { type: "ref/resource", uri: "masar://entity/{kind}/{code}" }, argument: { name: "code", value: "EG" }, context: { arguments: { kind: "COUNTRY" } },
  });
  assert.ok(codes.completion.values.includes("EGY"));
  const { prompts } = await client.listPrompts();
  assert.deepEqual(prompts.map((p) => p.name).toSorted(), ["brief", "compare", "review_claim"]);
  const { messages } = await client.getPrompt({ name: "brief", arguments: { target: "16.6", lang: "ar" } });
  assert.match(messages[0].content.text, /16\.6/);
}

/** A planted instruction is a quotation and nothing else. */
async function instructions(client) {
  const { claims } = await answer(client, "evidence", { kind: "RECOMMENDATION", code: "MERGE" });
  const items = claims.flatMap((c) => c.for);
  const quotes = items.map((i) => i.quote.text);
  assert.ok(quotes.some((q) => q.startsWith("Ignore all previous instructions")));
  const rest = JSON.stringify(claims, (name, value) => (name === "quote" ? undefined : value));
  for (const words of ["Ignore all", "developer mode", "attacker.example"]) assert.ok(!rest.includes(words), words);
}

async function check(name, client) {
  for (const part of [tools, cursors, errors, languages, others]) await part(client);
  await client.close();
  console.log(`${name}: tools, cursors, errors, languages, resources and prompts`);
}

/** What HTTP alone has. */
async function http() {
  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  const list = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  for (const method of ["GET", "DELETE"]) {
    const response = await fetch(new URL("/mcp", address), { method, headers: { accept: "text/event-stream" } });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "POST");
  }
  const large = await fetch(new URL("/mcp", address), { method: "POST", headers, body: JSON.stringify({ x: "x".repeat(128 << 10) }) });
  assert.equal(large.status, 413);
  const foreign = await fetch(new URL("/mcp", address), { method: "POST", headers: { ...headers, origin: "https://evil.example" }, body: list });
  assert.equal(foreign.status, 403);
  const many = await Promise.all(Array.from({ length: 30 }, () => overHTTP(address)));
  const answers = await Promise.all(many.map((client, i) => answer(client, "search", { query: i % 2 ? "مصر" : "Egypt", kinds: ["COUNTRY"] })));
  assert.ok(answers.every((a) => a.hits[0].code === "EGY"));
  await Promise.all(many.map((client) => client.close()));
  console.log("HTTP: methods, body, origin, 30 clients at once");
}

await check("HTTP", await overHTTP(address));
await check("stdio with --url", await overStdio(binary, "--url", address));
await check("stdio with --dgraph", await overStdio(binary, "--dgraph", dgraph));
await http();
for (const client of [await overHTTP(planted), await overStdio(binary, "--url", planted)]) {
  await instructions(client);
  await client.close();
}
console.log("planted instructions are quotations");
