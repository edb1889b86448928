import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'
import { DEFAULT_COMPONENT } from './plugin-set.ts'

describe('a command line', () => {
  it.each([
    ['start builder image', false],
    ['start builder --protobuf image', true],
    ['--protobuf start builder image', true],
    ['start builder image --protobuf', true],
  ])('starts a component, wherever the flag stands: %s', (line, protobuf) => {
    expect(readCommandLine(line.split(' '))).toEqual({
      command: 'start',
      kind: 'builder',
      name: 'image',
      protobuf,
    })
  })

  it.each(['builder', 'provisioner', 'post-processor', 'datasource'])('starts a %s', (kind) => {
    expect(readCommandLine(['start', kind, 'a'])).toMatchObject({ command: 'start', kind, name: 'a' })
  })

  it('takes a name that looks like a flag', () => {
    expect(readCommandLine(['start', 'datasource', DEFAULT_COMPONENT])).toMatchObject({
      name: DEFAULT_COMPONENT,
    })
  })

  it('asks for a description, with or without the flag', () => {
    expect(readCommandLine(['describe'])).toEqual({ command: 'describe' })
    expect(readCommandLine(['describe', '--protobuf'])).toEqual({ command: 'describe' })
  })

  it.each<[string[], RegExp]>([
    [[], /No command was given/],
    [['help'], /There is no command help/],
    [['start'], /exactly two words more/],
    [['start', 'builder'], /exactly two words more/],
    [['start', 'builder', 'a', 'b'], /exactly two words more/],
    [['start', 'communicator', 'a'], /no components of the kind communicator/],
  ])('that says %o is refused in words', (args, message) => {
    expect(readCommandLine(args)).toMatchObject({
      command: 'mistake',
      message: expect.stringMatching(message),
    })
  })
})
