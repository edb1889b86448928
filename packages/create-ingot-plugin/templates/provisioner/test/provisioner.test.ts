import { testMachine, testProvisioner } from '@ingot/plugin-sdk'
import { expect, test } from 'vitest'
import { motd } from '../src/provisioner.ts'

test('the message is on the machine', async () => {
  const machine = testMachine()
  const { output } = await testProvisioner(motd).run({ text: 'Hello' }, { machine })
  expect(String(machine.files.get('/etc/motd')?.content)).toBe('Hello\n')
  expect(output).toContain('Writing /etc/motd')
})

test('a machine that did not take it fails the build', async () => {
  const machine = testMachine(() => ({ exitStatus: 1, stderr: 'no space left' }))
  await expect(testProvisioner(motd).run({ text: 'Hello' }, { machine })).rejects.toThrow('no space left')
})
