import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { scriptOfLines } from './generate.ts';
import type { Answering } from './lspDriver.ts';

/** A server and how it is spoken to: in the way that is best for it. */
export interface Tried {
  readonly name: string;
  readonly command: readonly string[];
  /** Whether it is asked for findings, as VS Code does where it can, or sends them by itself. */
  readonly pull: boolean;
  readonly document: Document;
  readonly options?: object;
  readonly answering: Answering;
  /** Whether it is asked for all that VS Code asks for. */
  readonly everything?: boolean;
  /** What is said behind `initialized`. */
  readonly greet?: readonly { readonly method: string; readonly params: object }[];
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Document {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
  /** Where keys are pressed, one after the other; each line once. */
  readonly keys: readonly Position[];
  /** Where the line of a key has something that can be completed and hovered, and the key that is pressed there. */
  readonly places: readonly Position[];
  readonly typed: string;
}

const folder = resolve('out/bench/lsp');

export function huashu(name: string, command: readonly string[], lines: number, pull: boolean): Tried {
  const text = scriptOfLines(lines);
  const uri = pathToFileURL(join(folder, '话术.huashu')).toString();
  const all = text.split('\n');
  const spoken = all.flatMap((line, index) => (line.startsWith('坐席：') ? [{ line: index, character: 8 }] : []));
  const jumps = all.flatMap((line, index) =>
    /^客户.*→ 节\d+$/.test(line) ? [{ line: index, character: line.length }] : [],
  );
  return {
    name,
    command,
    pull,
    document: { uri, languageId: 'huashu', text, keys: spread(spoken), places: spread(jumps), typed: '1' },
    // As our own client introduces itself.
    options: { readsFiles: true, hearsChanges: true, docs: 'file:///docs/' },
    answering(method, params) {
      if (method === 'workspace/configuration') return (params as { items: unknown[] }).items.map(() => settings);
      if (method === 'huashu/files') return [uri];
      if (method === 'huashu/folder') return [uri];
      return null;
    },
  };
}

const settings = {
  packs: ['cn-credit-card'],
  rules: {},
  asOf: '2026-11-23',
  checkScope: 'workspace',
  codeLens: true,
  inlayHints: true,
  nextLine: true,
};

/** Objects with a role and a text, a line each; of some the schema says that they are wrong. */
function entries(lines: number): readonly { readonly role: string; readonly text: string }[] {
  const said = scriptOfLines(lines).split('\n');
  return said.slice(0, lines - 2).map((text, index) => ({ role: index % 61 === 7 ? 'nobody' : 'agent', text }));
}

const schema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      role: { enum: ['agent', 'customer', 'guide', 'remark'], description: 'Who speaks.' },
      text: { type: 'string', description: 'What is said.' },
    },
    required: ['role', 'text'],
  },
};

export function json(modules: string, lines: number, pull: boolean): Tried {
  const written = entries(lines).map((entry) => JSON.stringify(entry));
  const uri = pathToFileURL(join(folder, 'bench.json')).toString();
  return {
    name: `vscode-json-language-server, ${pull ? 'pull' : 'push'}`,
    command: [join(modules, 'vscode-langservers-extracted/bin/vscode-json-language-server'), '--stdio'],
    pull,
    document: {
      uri,
      languageId: 'json',
      text: `[\n${written.join(',\n')}\n]`,
      keys: spread(written.map((line, index) => ({ line: index + 1, character: line.length - 2 }))),
      places: spread(written.map((_, index) => ({ line: index + 1, character: '{"role":"ag'.length }))),
      typed: 'x',
    },
    options: { handledSchemaProtocols: ['file'] },
    answering: none,
    greet: [
      {
        method: 'workspace/didChangeConfiguration',
        params: {
          settings: {
            json: { validate: { enable: true }, schemas: [{ fileMatch: ['*.json'], url: 'bench://schema', schema }] },
          },
        },
      },
    ],
  };
}

export function yaml(modules: string, lines: number): Tried {
  const written = entries(lines).map(({ role, text }) => `- {role: ${role}, text: ${JSON.stringify(text)}}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'schema.json');
  writeFileSync(file, JSON.stringify(schema));
  const uri = pathToFileURL(join(folder, 'bench.yaml')).toString();
  const own = {
    validate: true,
    completion: true,
    hover: true,
    schemas: { [pathToFileURL(file).toString()]: ['*.yaml'] },
  };
  return {
    name: 'yaml-language-server, push',
    command: [join(modules, 'yaml-language-server/bin/yaml-language-server'), '--stdio'],
    pull: false,
    document: {
      uri,
      languageId: 'yaml',
      text: written.join('\n'),
      keys: spread(written.map((line, index) => ({ line: index, character: line.length - 2 }))),
      places: spread(written.map((_, index) => ({ line: index, character: '- {role: ag'.length }))),
      typed: 'x',
    },
    answering(method, params) {
      if (method !== 'workspace/configuration') return null;
      return (params as { items: { section?: string }[] }).items.map(({ section }) => (section === 'yaml' ? own : {}));
    },
    greet: [{ method: 'workspace/didChangeConfiguration', params: { settings: { yaml: own } } }],
  };
}

const none: Answering = (method, params) =>
  method === 'workspace/configuration' ? (params as { items: unknown[] }).items.map(() => ({})) : null;

/** All over the document, in an order that jumps about. */
function spread(positions: readonly Position[]): readonly Position[] {
  const count = positions.length;
  let step = Math.floor(count * 0.618);
  const divides = (a: number, b: number): boolean => (b === 0 ? a === 1 : divides(b, a % b));
  while (step < count && !divides(count, step)) step++;
  return positions.map((_, index) => positions[(index * step) % count] as Position);
}

/** How VS Code introduces itself, as far as it matters here. */
export function initializeParams({ pull, options, document }: Tried): object {
  const folder = new URL('.', document.uri).toString();
  return {
    processId: process.pid,
    rootUri: folder,
    locale: 'zh-cn',
    workspaceFolders: [{ uri: folder, name: 'bench' }],
    ...(options && { initializationOptions: options }),
    capabilities: {
      workspace: {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: true },
        workspaceFolders: true,
        ...(pull && { diagnostics: { refreshSupport: true } }),
      },
      textDocument: {
        synchronization: { dynamicRegistration: true },
        publishDiagnostics: { relatedInformation: true, versionSupport: true, tagSupport: { valueSet: [1, 2] } },
        ...(pull && { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } }),
        completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] } },
        hover: { contentFormat: ['markdown', 'plaintext'] },
      },
    },
  };
}
