import type { Text } from '../base/text.ts';

/** What `huashu --help` prints. */
export const help: Text = {
  zh: `话术：在电话打出去之前，找出催收话术里的违规用语。

用法：
  huashu check [路径…]        检查文件和文件夹里的话术（.huashu、.话术）；不写路径时检查当前文件夹
  huashu rules [规则编号]     列出现行规则，或说明其中一条：为什么、依据、例句、改法
  huashu rules test [规则包…] 把规则包里的例句逐条当作测试运行
  huashu lsp                  在标准输入输出上运行语言服务器，供 VS Code 以外的编辑器使用
  huashu --version            显示版本号

选项：
  --format text|json          输出格式
  --output 文件               写入文件，不写到屏幕
  --config 文件               使用这个配置文件，不再查找 huashu.yaml
  --pack 文件或名称           另外加上一个规则包，可写多次
  --max-warnings N            警告多于 N 个时也算失败
  --as-of 日期                按这一天有效的规则检查，例如 2026-06-01
  --lang zh-CN|en             输出语言
  --stdin                     从标准输入读取一份话术
  --stdin-filename 名称       这份话术在报告里的文件名

退出码：0 没有错误；1 有错误，或警告超过上限；2 用法有误，或有内容无法读取；3 程序故障。
`,
  en: `Huashu checks debt-collection scripts and finds unlawful wording before the first call is made.

Usage:
  huashu check [paths…]       check the scripts (.huashu, .话术) in files and folders, or below the current folder
  huashu rules [id]           list the rules in force, or explain one: why, sources, examples, fixes
  huashu rules test [packs…]  run every example of the rule packs as a test
  huashu lsp                  run the language server on stdio, for editors other than VS Code
  huashu --version            print the version

Options:
  --format text|json          format of the output
  --output FILE               write to a file instead of the screen
  --config FILE               use this configuration instead of looking for huashu.yaml
  --pack FILE_OR_ID           add a rule pack; may be given several times
  --max-warnings N            fail when there are more than N warnings
  --as-of DATE                judge by the rules in force on that day, such as 2026-06-01
  --lang zh-CN|en             language of the output
  --stdin                     read one script from standard input
  --stdin-filename NAME       what to call it in the report

Exit status: 0 no errors; 1 errors, or more warnings than allowed; 2 wrong usage, or something could not be read; 3 a crash.
`,
};
