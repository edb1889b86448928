import { execFileSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { counted, shellWord, statusWord, versionWord } from './words.ts'

it('says what the wire says, as people do', () => {
  expect(stripVTControlCharacters(statusWord('VERSION_REVOCATION_SCHEDULED'))).toBe('revocation scheduled')
  expect(versionWord({ name: 'v0', fingerprint: 'f' })).toBe('f')
  expect(versionWord({ name: 'v3', fingerprint: 'f' })).toBe('v3')
  expect([counted(1, 'channel'), counted(0, 'channel')]).toEqual(['1 channel', '0 channels'])
})

it.each(['plain-1.a', 'two words', "it's", '$HOME`id`', '*', ''])('a shell reads %j as it was', (text) => {
  expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text)
})
