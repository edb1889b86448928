import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMachineReadable } from './machine-readable.ts'

// As packer 1.16.0 printed it.
const printed = `1795588437,,ui,say,==> file.b: hi%!(PACKER_COMMA) there
1795588437,,ui,say,\\n==> Builds finished. The artifacts of successful builds are:
1795588437,file.b,artifact-count,1
1795588437,file.b,artifact,0,builder-id,packer.file
1795588437,file.b,artifact,0,id,File
1795588437,file.b,artifact,0,string,Stored file: out.txt
1795588437,file.b,artifact,0,files-count,2
1795588437,file.b,artifact,0,file,0,out.txt
1795588437,file.b,artifact,0,file,1,out%!(PACKER_COMMA)2.txt
1795588437,file.b,artifact,0,end
1795588437,null.a,artifact,0,id,Null
1795588437,null.a,artifact,1,builder-id,packer.post-processor.hpc-packer-registry
1795588437,null.a,artifact,1,string,Published metadata to HCP Packer registry packer/base/versions/01M8
1795588437,null.c,error,Script exited with status 1
packer stopped
`

test('what was said is text again, with its commas and line ends', () => {
  const { text } = readMachineReadable(printed)
  expect(text.split('\n')).toEqual([
    '==> file.b: hi, there',
    '',
    '==> Builds finished. The artifacts of successful builds are:',
    'null.c: Script exited with status 1',
    'packer stopped',
  ])
})

test('every build tells its artifacts, and what was published', () => {
  const { artifacts, published } = readMachineReadable(printed)
  const nothing = { builderId: '', description: '', files: [] }
  expect(artifacts).toEqual([
    {
      build: 'file.b',
      builderId: 'packer.file',
      id: 'File',
      description: 'Stored file: out.txt',
      files: ['out.txt', 'out,2.txt'],
    },
    { build: 'null.a', ...nothing, id: 'Null' },
  ])
  expect(published).toEqual([{ build: 'null.a', version: 'packer/base/versions/01M8' }])
})

test('events keep their fields', () => {
  expect(readMachineReadable('1,a,machine,x,%!(PACKER_COMMA)').events).toEqual([
    { timestamp: 1, target: 'a', type: 'machine', data: ['x', ','] },
  ])
})

test('any text is read to its end', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: fc.constantFrom(...'01,auiartifact\n\\%!()') }), (text) => {
      expect(readMachineReadable(text).events.length).toBeLessThanOrEqual(text.split('\n').length)
    }),
  )
})
