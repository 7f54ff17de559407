// Connections to Masar with the official client of the Model Context Protocol.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

async function connected(transport) {
  const client = new Client({ name: "masar-clients", version: "1" });
  await client.connect(transport);
  return client;
}

/** A client of the service at an address, over HTTP. */
export const overHTTP = (address) => connected(new StreamableHTTPClientTransport(new URL("/mcp", address)));

/** A client of masar mcp with arguments, over standard input and output. */
export const overStdio = (binary, ...args) => connected(new StdioClientTransport({ command: binary, args: ["mcp", ...args], stderr: "ignore" }));

/** The answer of a tool. The client has checked it against the tool's output schema, which listTools gave it. */
export async function answer(client, name, args) {
  const result = await client.callTool({ name, arguments: args });
  if (result.isError) throw new Error(`${name} ${JSON.stringify(args)}: ${result.content[0].text}`);
  return { ...result.structuredContent, text: result.content[0].text };
}

/** The error of a tool. */
export async function refusal(client, name, args) {
  const result = await client.callTool({ name, arguments: args });
  if (!result.isError) throw new Error(`${name} ${JSON.stringify(args)} is no error`);
  return JSON.parse(result.content[0].text);
}
