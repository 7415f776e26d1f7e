import type { Text } from '../base/text.ts';

/** What `huashu --help` prints. */
export const help: Text = {
  zh: `话术：在电话打出去之前，找出催收话术里的违规用语。

用法：
  huashu check [路径…]        检查文件和文件夹里的话术（.huashu、.话术）；不写路径时检查当前文件夹
  huashu baseline [路径…]     把现有的问题记成基线；以后 check --baseline 只报新出现的
  huashu fix [路径…]          修改一切可以放心自动修改的问题，并列出剩下的
  huashu format [路径…]       统一版式：标点的全角半角、空格、空行；台词一个字也不动
  huashu test [路径…]         运行话术里的用例，报告没有通过的行和节点、分支的覆盖情况
  huashu audit [文件…]        检查话术以外的语句：通话转写、短信清单（JSON Lines、CSV、TSV）；不写文件时读标准输入
  huashu report 话术…         合规报告：检查了什么、结果如何、谁来签字；一页网页，或 Word 文档
  huashu rules [规则编号]     列出现行规则，或说明其中一条：为什么、依据、例句、改法
  huashu rules test [规则包…] 把规则包里的例句逐条当作测试运行，并说明哪些内容没有例句证明
  huashu graph 话术           画出一份话术的流程（Mermaid、DOT 或 JSON）
  huashu import 文件          把 Word、Excel、文本、Markdown、网页、CSV、JSON 里的话术转成话术文件
  huashu export 话术…         把话术写成 Word、Excel、CSV、网页、Mermaid 或 JSON；Excel 和 JSON 可以再导入，原样变回话术
  huashu diff 旧 新           对客户来说改了什么：问题、路径、回复、台词；只写一份时与 git 里的上一版相比
  huashu suppressions [路径…] 列出话术里的每一条豁免：规则、原因、审批、期限，是否仍在生效
  huashu lsp                  在标准输入输出上运行语言服务器，供 VS Code 以外的编辑器使用；--lang 指定其语言
  huashu mcp [文件夹]         在标准输入输出上为 AI 助手提供检查、规则、步骤和合规说法（MCP），只读取这个文件夹
  huashu --version            显示版本号

选项：
  --format text|json          输出格式；check 另有 sarif|junit|github，audit 只有 json，graph 为 mermaid|dot|json，
                              diff 为 text|json|html，report 为 html|docx，export 为 docx|xlsx|csv|html|mermaid|json；
                              这两个也可由 --output 的扩展名决定
  --output 文件               写入文件，不写到屏幕；export 和 report 有多份话术时是文件夹
  --config 文件               使用这个配置文件，不再查找 huashu.yaml
  --pack 文件或名称           另外加上一个规则包，可写多次
  --max-warnings N            警告多于 N 个时也算失败
  --baseline 文件             check：不再报告这个文件里已经记下的问题
  --as-of 日期                按这一天有效的规则和豁免检查，例如 2026-06-01
  --lang zh-CN|en             输出语言
  --stdin                     从标准输入读取一份话术
  --stdin-filename 名称       这份话术在报告里的文件名
  --check                     format：只列出版式不统一的文件，不改动；有就算失败
  --dry-run                   fix：只显示会怎样修改（统一差异格式），不改动
  --coverage                  test：列出没有用例走到的节点、分支和条件，以及怎样走到
  --input-format 格式         audit：输入的格式，jsonl、csv 或 tsv；默认看扩展名，没有时看内容
  --jobs N                    check、audit：用 N 个线程检查；默认由内容多少决定

退出码：0 没有错误；1 有错误，或警告超过上限，或有用例没有通过，或 format --check 有文件需要排版，或 diff 有变化；
2 用法有误，或有内容无法读取或写入；3 程序故障。
`,
  en: `Huashu checks debt-collection scripts and finds unlawful wording before the first call is made.

Usage:
  huashu check [paths…]       check the scripts (.huashu, .话术) in files and folders, or below the current folder
  huashu baseline [paths…]    write down what is found today; check --baseline then shows only what is new
  huashu fix [paths…]         mend everything that can be mended without looking, and list what is left
  huashu format [paths…]      canonical layout: width of punctuation, blanks, blank lines; never a character of speech
  huashu test [paths…]        run the scenarios in scripts: which lines fail, which nodes and branches are covered
  huashu audit [files…]       check utterances that are not scripts: call transcripts, SMS lists (JSON Lines, CSV, TSV);
                              without files, from standard input
  huashu report SCRIPTS…      the compliance report: what was checked, what came of it, who signs; a page, or a Word document
  huashu rules [id]           list the rules in force, or explain one: why, sources, examples, fixes
  huashu rules test [packs…]  run every example of the rule packs as a test, and say what no example proves
  huashu graph SCRIPT         the flow of a script as Mermaid, DOT or JSON
  huashu import FILE          turn a script in Word, Excel, text, Markdown, HTML, CSV or JSON into one of ours
  huashu export SCRIPTS…      write scripts as Word, Excel, CSV, HTML, Mermaid or JSON; import takes Excel and JSON back as they were
  huashu diff OLD NEW         what has changed for the customer: findings, ways, replies, lines; of one script, since the last
                              commit in git
  huashu suppressions [paths…]
                              list every suppression: rule, reason, approver, last day, and whether it still counts
  huashu lsp                  run the language server on stdio, for editors other than VS Code; --lang sets its language
  huashu mcp [folder]         checks, rules, steps and compliant wordings for AI assistants on stdio (MCP); reads this folder alone
  huashu --version            print the version

Options:
  --format text|json          format of the output; check also has sarif|junit|github, audit has json only, graph has
                              mermaid|dot|json, diff text|json|html, report html|docx, export
                              docx|xlsx|csv|html|mermaid|json; of these two the ending of --output tells as well
  --output FILE               write to a file instead of the screen; of several scripts, export and report write into a folder
  --config FILE               use this configuration instead of looking for huashu.yaml
  --pack FILE_OR_ID           add a rule pack; may be given several times
  --max-warnings N            fail when there are more than N warnings
  --baseline FILE             check: leave out what this file already knows
  --as-of DATE                judge by the rules and suppressions in force on that day, such as 2026-06-01
  --lang zh-CN|en             language of the output
  --stdin                     read one script from standard input
  --stdin-filename NAME       what to call it in the report
  --check                     format: only list the files that would change; fails when there are any
  --dry-run                   fix: only show what would change, as a unified diff
  --coverage                  test: list nodes, branches and conditions that no scenario covers, and how to get there
  --input-format FORMAT       audit: jsonl, csv or tsv; by default told from the ending, or from how the input begins
  --jobs N                    check, audit: check in N threads; by default as many as there is work for

Exit status: 0 no errors; 1 errors, more warnings than allowed, a failed scenario, a file that format --check would change, or a difference;
2 wrong usage, or something could not be read or written; 3 a crash.
`,
};
