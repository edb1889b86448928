import { expect, test } from 'vitest'
import { DerivedSecrets } from './derived-secrets.ts'

const secrets = new DerivedSecrets(Buffer.alloc(32, 1))

test('the same words derive the same secret, and only from the same key', () => {
  expect(secrets.derive('run-task', 'a')).toMatch(/^[0-9a-f]{64}$/)
  expect(secrets.derive('run-task', 'a')).toBe(secrets.derive('run-task', 'a'))
  expect(new DerivedSecrets(Buffer.alloc(32, 2)).derive('run-task', 'a')).not.toBe(
    secrets.derive('run-task', 'a'),
  )
})

test('words are told apart, however they are cut', () => {
  expect(secrets.derive('a', 'bc')).not.toBe(secrets.derive('ab', 'c'))
})
