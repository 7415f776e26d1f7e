-- What a user does, in a Neovim without a screen; everything that comes back is written down as JSON.
local out = vim.env.HUASHU_OUT
local log = { filetype = vim.bo.filetype }

local function wait(condition)
  return vim.wait(30000, condition, 20)
end

local function ask(method, more)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(), more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000) or {}
  local _, answer = next(answers)
  return answer and answer.result
end

local function find(text)
  vim.fn.cursor(1, 1)
  vim.fn.search('\\V' .. text)
end

local function codes()
  return vim.tbl_map(function(each)
    return each.code
  end, vim.diagnostic.get(0))
end

local ok, problem = pcall(function()
  log.found = wait(function()
    return #vim.diagnostic.get(0) > 0
  end)
  log.diagnostics = vim.diagnostic.get(0)
  local _, client = next(vim.lsp.buf_get_clients(0))
  log.encoding = client.server_capabilities.positionEncoding
  find('打断')
  log.hover = ask('textDocument/hover')
  find('→ 告别')
  vim.cmd('normal! w')
  log.definition = ask('textDocument/definition')
  find('公共/渠道')
  vim.cmd('normal! 3l')
  log.elsewhere = ask('textDocument/definition')
  -- Typed as a user types: what is wrong goes, and what is known elsewhere is offered.
  find('坐席：😀')
  vim.fn.setline('.', '坐席：您好。')
  log.mended = wait(function()
    return not vim.tbl_contains(codes(), 'cn/no-threat-of-violence')
  end)
  vim.fn.append('$', '→ 告')
  vim.fn.cursor(vim.fn.line('$'), 100)
  log.completion = ask('textDocument/completion')
  log.keys = vim.fn.maparg('K', 'n') ~= '' or #vim.api.nvim_buf_get_keymap(0, 'n') > 0
  vim.cmd('silent edit! huashu.yaml')
  wait(function()
    return #vim.diagnostic.get(0) > 0
  end)
  log.yaml = vim.diagnostic.get(0)
end)
log.problem = not ok and tostring(problem) or nil
vim.fn.writefile({ vim.json.encode(log) }, out)
vim.cmd('quitall!')
