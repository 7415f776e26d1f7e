// A language model for tests: there are as many as the setting says, they answer what it says, and what they are sent is written down.
const vscode = require('vscode');

const setting = (name) => vscode.workspace.getConfiguration('standIn').get(name);

const file = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

const write = (name, text) => vscode.workspace.fs.writeFile(file(name), Buffer.from(text));

const answers = {
  async good(report) {
    report(setting('answer'));
  },
  async failing() {
    throw new Error('out of order');
  },
  async slow(report, token) {
    report('[');
    await new Promise((resolve) => token.onCancellationRequested(resolve));
    await write('cancelled.txt', 'yes');
  },
};

exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  let sent = 0;
  subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('standIn') && changed.fire()),
    vscode.lm.registerLanguageModelChatProvider('stand-in', {
      onDidChangeLanguageModelChatInformation: changed.event,
      provideLanguageModelChatInformation: () =>
        setting('models').map((id) => ({
          id,
          name: `Stand-in ${id}`,
          family: 'stand-in',
          version: '1',
          maxInputTokens: 100_000,
          maxOutputTokens: 10_000,
          capabilities: {},
        })),
      async provideLanguageModelChatResponse({ id }, messages, _, progress, token) {
        const text = messages.flatMap(({ content }) => content.map((part) => part.value)).join('\n');
        await write(`sent-${++sent}.txt`, text);
        await answers[id]((value) => progress.report(new vscode.LanguageModelTextPart(value)), token);
      },
      provideTokenCount: async () => 1,
    }),
    vscode.commands.registerCommand('standIn.callTool', async () => {
      const { tool, input } = setting('call');
      const tools = vscode.lm.tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
      let said;
      try {
        const { content } = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
        said = content.map((part) => part.value).join('');
      } catch (error) {
        said = `error: ${error.message}`;
      }
      await write('called.json', JSON.stringify({ tools, tool, input, said }));
    }),
  );
};
