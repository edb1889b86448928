import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localShell, testMachine, testProvisioner } from '@ingot/plugin-sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inventory } from './inventory.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inventory-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the files of a machine are listed in a file of it', async () => {
  await writeFile(join(folder, 'b.txt'), 'abc')
  await writeFile(join(folder, 'a.txt'), '')
  const machine = { communicator: localShell({ directory: folder }) }
  const { output } = await testProvisioner(inventory).run({ title: 'All there is' }, { machine })
  expect(await readFile(join(folder, 'INVENTORY'), 'utf8')).toBe(
    [
      '# All there is',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ./a.txt',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  ./b.txt\n',
    ].join('\n'),
  )
  expect((await stat(join(folder, 'INVENTORY'))).mode & 0o777).toBe(0o444)
  expect(output).toBe('Listing .\nFiles in INVENTORY: 2')
})

test('what the machine says of a failure is what the user reads', async () => {
  const machine = testMachine(() => ({ exitStatus: 1, stderr: 'no such directory\n' }))
  const run = testProvisioner(inventory).run({ folder: '/gone' }, { machine })
  await expect(run).rejects.toThrow('Cannot list /gone: no such directory')
  expect(machine.commands[0]!.stdin).toBe('/gone')
  expect(machine.files.size).toBe(0)
})
