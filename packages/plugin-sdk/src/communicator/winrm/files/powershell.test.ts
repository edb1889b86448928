import { expect, test } from 'vitest'
import { COMMAND_LIMIT, errorText, literal, powershell } from './powershell.ts'

test('a script goes in UTF-16, within the longest command line', () => {
  const command = powershell("'ü'")
  const [, encoded = ''] = /-EncodedCommand (\S+)$/.exec(command)!
  expect(Buffer.from(encoded, 'base64').toString('utf16le')).toContain("try{'ü'}catch")
  expect(() => powershell('x'.repeat(COMMAND_LIMIT))).toThrow('too long for a command line')
})

test('no quote ends a literal', () => {
  expect(literal("it's ‘so’")).toBe("'it''s ‘‘so’’'")
})

test.each([
  ['Access is denied.\r\n', 'Access is denied.'],
  [
    '#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj S="progress"/></Objs>',
    '',
  ],
  [
    'No.\r\n#< CLIXML\r\n<Objs xmlns="http://schemas.microsoft.com/powershell/2004/04"><S S="Error">It fails_x000D__x000A_</S><S S="Error">twice</S></Objs>',
    'No.\r\nIt fails\r\ntwice',
  ],
  ['#< CLIXML\r\n<Objs', '<Objs'],
])('of %j users read %j', (output, text) => {
  expect(errorText(output)).toBe(text)
})
