import {
  createConnection,
  DidChangeConfigurationNotification,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

// The server that finds nothing and knows nothing: what the protocol and its libraries cost alone.

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
let pulls = false;

connection.onInitialize(({ capabilities }) => {
  pulls = capabilities.textDocument?.diagnostic !== undefined;
  return {
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
      completionProvider: {},
      hoverProvider: true,
    },
  };
});

connection.onInitialized(() => void connection.client.register(DidChangeConfigurationNotification.type));

documents.onDidChangeContent(({ document: { uri, version } }) => {
  if (!pulls) void connection.sendDiagnostics({ uri, version, diagnostics: [] });
});

connection.languages.diagnostics.on(({ textDocument }) => ({
  kind: 'full',
  // As any server has to, it looks the document up.
  items: documents.get(textDocument.uri) ? [] : [],
}));
connection.onCompletion(() => null);
connection.onHover(() => null);

documents.listen(connection);
connection.listen();
