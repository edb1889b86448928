import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { defineBuilder } from '../../builder/definition.ts'
import { config } from '../../config/config.ts'
import { testBuilder } from '../../testing/test-builder.ts'
import { type BootAction, parseBootCommand } from './boot-command.ts'
import { bootConfig, vncConfig } from './boot-config.ts'
import type { BootKey } from './boot-keys.ts'
import { type BootKeyboard, typeBootCommand } from './type-boot-command.ts'

/** As a person would write it down. */
function written(action: BootAction): string {
  if (action.kind === 'wait') return `wait ${action.milliseconds}`
  const what = action.kind === 'key' ? action.key : `'${action.character}'`
  return action.action === 'press' ? what : `${what} ${action.action}`
}

test.each<[string, string[]]>([
  ['ab', ["'a'", "'b'"]],
  ['<enter><ENTER><Return>', ['enter', 'enter', 'return']],
  ['<f1><f12><pageUp><spacebar><menu>', ['f1', 'f12', 'pageUp', 'spacebar', 'menu']],
  ['<leftShiftOn>a<leftShiftOff>', ['leftShift on', "'a'", 'leftShift off']],
  ['<leftCtrlOn><cOn><cOff><leftCtrlOff>', ['leftCtrl on', "'c' on", "'c' off", 'leftCtrl off']],
  ['<éOn>', ["'é' on"]],
  [
    '<wait><wait5><wait10><wait1m5s><wait300ms>',
    ['wait 1000', 'wait 5000', 'wait 10000', 'wait 65000', 'wait 300'],
  ],
  ['<waitOn>', ["'<'", "'w'", "'a'", "'i'", "'t'", "'O'", "'n'", "'>'"]],
  ['<f13>', ["'<'", "'f'", "'1'", "'3'", "'>'"]],
  ['a<b', ["'a'", "'<'", "'b'"]],
  ['<', ["'<'"]],
  ['<<esc>', ["'<'", 'esc']],
  ['<wait-1s>x', ["'<'", "'w'", "'a'", "'i'", "'t'", "'-'", "'1'", "'s'", "'>'", "'x'"]],
  ['🚀', ["'🚀'"]],
  ['\n', ["'\n'"]],
])('%j', (command, actions) => {
  expect(parseBootCommand(command).map(written)).toEqual(actions)
})

test('text without angle brackets is typed as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = text.replaceAll('<', '')
      const typed = parseBootCommand(plain).map((action) =>
        action.kind === 'character' ? action.character : '',
      )
      expect(typed.join('')).toBe(plain)
    }),
  )
})

test('text that only looks like waits is typed', () => {
  expect(parseBootCommand('<wait'.repeat(20_000)).length).toBe(100_000)
})

test('the type knows the names of keys', () => {
  expectTypeOf<'leftShift' | 'f12'>().toExtend<BootKey>()
  expectTypeOf<'shift'>().not.toExtend<BootKey>()
})

function keyboard(): { readonly typed: string[] } & BootKeyboard {
  const typed: string[] = []
  return {
    typed,
    sendCharacter: (character, action) => void typed.push(`${character} ${action}`),
    sendKey: (key, action) => void typed.push(`${key} ${action}`),
    flush: () => void typed.push('flush'),
  }
}

describe('typing', () => {
  test('sends keys in order, and all of them before a wait', async () => {
    const board = keyboard()
    await typeBootCommand('a<wait10ms><enter>', { keyboard: board, signal: new AbortController().signal })
    expect(board.typed).toEqual(['a press', 'flush', 'enter press', 'flush'])
  })

  test('ends with the build', async () => {
    const stop = new AbortController()
    const board = keyboard()
    const typing = typeBootCommand('a<wait1h>b', { keyboard: board, signal: stop.signal })
    setTimeout(() => stop.abort(), 20)
    await expect(typing).rejects.toThrow('cancelled')
    expect(board.typed).toEqual(['a press', 'flush'])
  })
})

test('the fields leave braces to be filled in when the address is known', async () => {
  let command = ''
  const builder = defineBuilder({
    config: config({ ...bootConfig(), ...vncConfig() }),
    images: 'none',
    run({ config, render }) {
      command = render(config.boot_command.join(''), { data: { HTTPIP: '10.0.0.1', HTTPPort: 8080 } })
      expect(config.boot_wait).toBe(10_000)
      return undefined
    },
  })
  await testBuilder(builder).run({ boot_command: ['<esc>', 'ks=http://{{ .HTTPIP }}:{{ .HTTPPort }}/'] })
  expect(command).toBe('<esc>ks=http://10.0.0.1:8080/')
})
