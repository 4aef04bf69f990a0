-- Drives Neovim as a user would: opens nothing and sets nothing up, that is done
-- already. What is shown goes to the file $EDITOR_SAW, a line a find; the end is
-- when all of it has been seen, or a caller that is tired of waiting.
local saw = io.open(vim.env.EDITOR_SAW, 'w')
local function tell(what, text)
  saw:write(what .. ': ' .. text:gsub('\n', ' ') .. '\n')
  saw:flush()
end
local function keys(text)
  local codes = vim.api.nvim_replace_termcodes(text, true, false, true)
  vim.api.nvim_feedkeys(codes, 'm', false)
end

local steps = {
  {
    find = function()
      local found = vim.diagnostic.get(0)
      for _, one in ipairs(found) do
        tell('diagnostic', (one.lnum + 1) .. ' ' .. one.message)
      end
      return #found > 0
    end,
  },
  {
    begin = function()
      vim.fn.search('ws.broadcast')
      keys('K')
    end,
    find = function()
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          local lines = vim.api.nvim_buf_get_lines(
            vim.api.nvim_win_get_buf(window), 0, -1, false)
          tell('hover', table.concat(lines, ' '))
          return true
        end
      end
    end,
  },
  {
    begin = function()
      vim.fn.search('return')
      keys('O%x = call @"Ws.broad<C-x><C-o>')
    end,
    find = function()
      local items = vim.fn.complete_info({ 'items' }).items
      for _, item in ipairs(items) do
        tell('completion', item.word)
      end
      return #items > 0
    end,
  },
}

local at, begun = 1, false
local timer = vim.loop.new_timer()
timer:start(0, 20, vim.schedule_wrap(function()
  local step = steps[at]
  if not step then
    timer:stop()
    saw:close()
    vim.cmd('qall!')
  elseif not begun then
    begun = true
    if step.begin then
      step.begin()
    end
  elseif step.find() then
    at, begun = at + 1, false
  end
end))
