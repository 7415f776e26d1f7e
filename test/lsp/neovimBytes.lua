-- Neovim counts bytes. Newer ones tell the server; for one that cannot it is told here, before it reads its configuration.
local start = vim.lsp.start_client
vim.lsp.start_client = function(config)
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.general = { positionEncodings = { 'utf-8', 'utf-16' } }
  return start(vim.tbl_extend('force', config, { capabilities = capabilities, offset_encoding = 'utf-8' }))
end
