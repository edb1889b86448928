import type { HookCall } from '@ingot/plugin-rpc'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { defineBuilder } from '../builder/definition.ts'
import { HostedBuilder } from '../builder/hosted-builder.ts'
import { config } from '../config/config.ts'
import { RecordingUi } from '../testing/recording-ui.ts'
import { type TestBuildOptions, testBuilder } from '../testing/test-builder.ts'
import { testSurroundings } from '../testing/test-surroundings.ts'
import { runSteps } from './run-steps.ts'
import type { StateBag } from './state-bag.ts'
import type { Step, StepResult } from './step.ts'
import { stepProvision } from './step-provision.ts'
import type { StepState } from './step-state.ts'
import { when } from './when.ts'

interface TrailState extends StepState {
  trail: string[]
  driver: { readonly region: string }
}

/** A step that leaves a trail, and does what it is told. */
function traced(
  name: string,
  run: (state: StateBag<TrailState>) => StepResult | Promise<StepResult> = () => 'continue',
): Step<TrailState> {
  return {
    name,
    run(state) {
      state.get('trail').push(`run ${name}`)
      return run(state)
    },
    cleanup(state) {
      state.get('trail').push(`clean ${name}`)
    },
  }
}

async function build(steps: readonly (Step<TrailState> | undefined)[], options: TestBuildOptions = {}) {
  const trail: string[] = []
  const driver = { region: 'eu' }
  const builder = defineBuilder({
    config: config({ size: config.number().default(1) }),
    images: 'none',
    async run(build) {
      const state = await runSteps(steps, build, { trail, driver })
      return { id: state.getOk('instance_id') ?? 'none' }
    },
  })
  const ended = await testBuilder(builder)
    .run({}, options)
    .then(
      (done) => ({ id: done.artifact.id, output: done.output, error: '' }),
      (error) => ({ id: '', output: String(error.output), error: String(error.message) }),
    )
  return { trail, ...ended }
}

const fails = () => {
  throw new Error('no room')
}

/** Answers the questions in their order. */
function answers(...lines: readonly string[]) {
  const left = [...lines]
  return () => left.shift() ?? 'c'
}

describe('a run', () => {
  test('goes through the steps and cleans up in reverse', async () => {
    const put = traced('two', (state) => state.put('instance_id', `i-${state.get('driver').region}`))
    const { trail, id } = await build([traced('one'), undefined, put, when(false, traced('never'))])
    expect(trail).toEqual(['run one', 'run two', 'clean two', 'clean one'])
    expect(id).toBe('i-eu')
  })

  test('cleans up a step that threw, and says why', async () => {
    const { trail, error } = await build([traced('one'), traced('two', fails), traced('three')])
    expect(trail).toEqual(['run one', 'run two', 'clean two', 'clean one'])
    expect(error).toContain('no room')
  })

  test('of a step that halts without an error is halted', async () => {
    const { error } = await build([traced('one', () => 'halt')])
    expect(error).toContain('Build was halted.')
  })

  test('of a step that puts an error fails with it, halted or not', async () => {
    const puts = (state: StateBag<TrailState>) => state.put('error', new Error('too late'))
    const { trail, error } = await build([traced('one', puts), traced('two')])
    expect(error).toContain('too late')
    expect(trail).toContain('run two')
  })

  test('tells of a clean-up that fails, and goes on', async () => {
    const broken: Step = { name: 'broken', run: () => {}, cleanup: fails }
    const { trail, output } = await build([traced('one'), broken])
    expect(output).toContain('Cleaning up step "broken" failed: no room')
    expect(trail).toEqual(['run one', 'clean one'])
  })

  test('says which state a step misses', async () => {
    const { error } = await build([traced('one', (state) => void state.get('cd_path'))])
    expect(error).toContain('A step needs "cd_path", but no step before it has put it into the state')
  })

  test('lets steps read the configuration', async () => {
    let read: unknown
    await build([
      traced('one', (state) => {
        read = state.get('config')
      }),
    ])
    expect(read).toEqual({ size: 1 })
  })

  test('of steps with names of their own takes steps that need none', () => {
    expectTypeOf(stepProvision()).toExtend<Step<TrailState>>()
    expectTypeOf<Step<TrailState>>().not.toBeAny()
    expectTypeOf<StateBag<TrailState>['get']>().toBeCallableWith('trail')
  })
})

describe('a cancelled run', () => {
  test('stops before the next step, and cleans up what ran', async () => {
    const stop = new AbortController()
    const cancels = async ({ get }: StateBag<TrailState>) => {
      stop.abort()
      const signal = get('signal')
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
    }
    const seen: unknown[] = []
    const watches: Step<TrailState> = {
      run: () => {},
      cleanup: (state) => void seen.push(state.getOk('cancelled'), state.getOk('halted')),
    }
    const { trail, error } = await build([watches, traced('one', cancels), traced('two')], {
      signal: stop.signal,
    })
    expect(trail).toEqual(['run one', 'clean one'])
    expect(seen).toEqual([true, undefined])
    expect(error).toContain('cancelled')
  })

  test('gives provisioners the time they need, and runs no clean-up provisioner', async () => {
    const stop = new AbortController()
    const calls: string[] = []
    const provision = async ({ name, signal }: HookCall) => {
      calls.push(name)
      stop.abort()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      await new Promise((resolve) => setTimeout(resolve, 50))
      calls.push('provisioner ended')
    }
    const gone = traced('machine')
    const { trail } = await build([gone, stepProvision(), traced('after')], {
      signal: stop.signal,
      provision: async (call) => {
        await provision(call)
      },
    })
    expect(calls).toEqual(['packer_provision', 'provisioner ended'])
    expect(trail).toEqual(['run machine', 'clean machine'])
  })
})

test('an error that escapes ends the build once the steps have cleaned up', async () => {
  const trail: string[] = []
  let crash = (_: Error) => {}
  const crashed = new Promise<never>((_, reject) => {
    crash = reject
  })
  const slow: Step = {
    name: 'slow',
    async run(state) {
      crash(new Error('a callback threw'))
      await new Promise((resolve) => state.get('signal').addEventListener('abort', resolve))
    },
    async cleanup() {
      await new Promise((resolve) => setTimeout(resolve, 50))
      trail.push('clean slow')
    },
  }
  const component = defineBuilder({
    config: config({}),
    images: 'none',
    async run(build) {
      await runSteps([slow], build)
      return undefined
    },
  })
  const builder = new HostedBuilder(component, { ...testSurroundings(), crashed })
  const signal = new AbortController().signal
  const hook = { run: async () => {} }
  await expect(builder.run({ ui: new RecordingUi(), hook, signal })).rejects.toThrow('a callback threw')
  expect(trail).toEqual(['clean slow'])
})

describe('provisioning', () => {
  test('gets the data of the steps before', async () => {
    let data: HookCall['data'] = {}
    const connect = traced('connect', (state) => {
      state.put('instance_id', 'i-1')
      state.put('http_port', 8123)
      state.put('http_ip', '10.0.0.1')
      state.put('generated_data', { Host: 'box', Port: 22 })
    })
    await build([connect, stepProvision()], {
      provision: (call) => {
        data = call.data
      },
    })
    expect(data).toMatchObject({
      ID: 'i-1',
      Host: 'box',
      Port: 22,
      PackerHTTPIP: '10.0.0.1',
      PackerHTTPPort: '8123',
      PackerHTTPAddr: '10.0.0.1:8123',
      ConnType: 'none',
    })
  })

  test('that fails runs the clean-up provisioner while the machine is still there', async () => {
    const calls: string[] = []
    const { trail, error } = await build([traced('machine'), stepProvision()], {
      provision: ({ name }) => {
        calls.push(name)
        if (name === 'packer_provision') fails()
      },
    })
    expect(calls).toEqual(['packer_provision', 'packer_cleanup_provision'])
    expect(trail).toEqual(['run machine', 'clean machine'])
    expect(error).toContain('no room')
    expect(error).not.toContain('Cleanup failed')
  })

  test('tells of both where the clean-up provisioner fails too', async () => {
    const { error } = await build([stepProvision()], {
      provision: ({ name }) => {
        throw new Error(`${name} broke`)
      },
    })
    expect(error).toMatch(
      /^Cleanup failed: .*packer_cleanup_provision broke.*\. Original Provisioning error: .*packer_provision broke/,
    )
  })

  test('that went well is cleaned up when a later step fails', async () => {
    const calls: string[] = []
    await build([stepProvision(), traced('image', fails)], {
      provision: ({ name }) => void calls.push(name),
    })
    expect(calls).toEqual(['packer_provision', 'packer_cleanup_provision'])
  })
})

describe('-on-error', () => {
  const policy = (packer_on_error: string, more: TestBuildOptions = {}): TestBuildOptions => ({
    packer: { packer_on_error },
    ...more,
  })
  const steps = () => [traced('one'), traced('two'), traced('three', fails)]

  test.each(['', 'cleanup'])('%j cleans up', async (name) => {
    const { trail, output } = await build(steps(), policy(name))
    expect(trail.slice(3)).toEqual(['clean three', 'clean two', 'clean one'])
    expect(output).not.toContain('aborting')
  })

  test('abort cleans nothing up', async () => {
    const { trail, output, error } = await build(steps(), policy('abort'))
    expect(trail).toEqual(['run one', 'run two', 'run three'])
    expect(output.split('\n').slice(0, 4)).toEqual([
      'no room',
      'Step "three" failed, aborting...',
      'aborted: skipping cleanup of step "two"',
      'aborted: skipping cleanup of step "one"',
    ])
    expect(error).toContain('no room')
  })

  test('abort cleans up after a build that went well', async () => {
    const { trail } = await build([traced('one')], policy('abort'))
    expect(trail).toEqual(['run one', 'clean one'])
  })

  test('abort leaves an interrupted build as it is', async () => {
    const stop = new AbortController()
    const cancels = traced('two', async ({ get }) => {
      stop.abort()
      await new Promise((resolve) => get('signal').addEventListener('abort', resolve))
    })
    const { trail, output } = await build([traced('one'), cancels], policy('abort', { signal: stop.signal }))
    expect(trail).toEqual(['run one', 'run two'])
    expect(output).toContain('Interrupted, aborting...\naborted: skipping cleanup of step "one"')
  })

  test('abort runs no clean-up provisioner', async () => {
    const calls: string[] = []
    const provision = ({ name }: HookCall) => {
      calls.push(name)
      fails()
    }
    await build([traced('one'), stepProvision()], policy('abort', { provision }))
    expect(calls).toEqual(['packer_provision'])
  })

  test('run-cleanup-provisioner runs it, and cleans nothing else up', async () => {
    const calls: string[] = []
    const provision = ({ name }: HookCall) => {
      calls.push(name)
      if (name === 'packer_provision') fails()
    }
    const { trail, output } = await build(
      [traced('one'), stepProvision()],
      policy('run-cleanup-provisioner', { provision }),
    )
    expect(calls).toEqual(['packer_provision', 'packer_cleanup_provision'])
    expect(trail).toEqual(['run one'])
    expect(output).toContain('Step "StepProvision" failed, aborting...')
    expect(output).toContain('aborted: skipping cleanup of step "one"')
  })

  test.each(['c', 'C', 'clean', ''])('ask: %j cleans up', async (line) => {
    const { trail, output } = await build(steps(), policy('ask', { answer: answers(line) }))
    expect(trail.slice(3)).toEqual(['clean three', 'clean two', 'clean one'])
    expect(output).toContain(
      'no room\nStep "three" failed\n[c] Clean up and exit, [a] abort without cleanup, or [r] retry step',
    )
  })

  test('ask: a cleans nothing up', async () => {
    const { trail, output } = await build(steps(), policy('ask', { answer: answers('x', 'a') }))
    expect(trail).toEqual(['run one', 'run two', 'run three'])
    expect(output).toContain('Incorrect input: "x"')
    expect(output).toContain(
      [
        'no room',
        'Step "three" failed, aborting...',
        'aborted: skipping cleanup of step "two"',
        'aborted: skipping cleanup of step "one"',
      ].join('\n'),
    )
  })

  test('ask: r tries again, and what failed before fails nothing', async () => {
    let tries = 0
    const flaky = traced('two', () => {
      tries += 1
      if (tries < 3) fails()
    })
    const { trail, error } = await build(
      [traced('one'), flaky, traced('three')],
      policy('ask', { answer: answers('r', 'r') }),
    )
    expect(error).toBe('')
    expect(trail.slice(0, 5)).toEqual(['run one', 'run two', 'run two', 'run two', 'run three'])
    expect(trail.slice(5)).toEqual(['clean three', 'clean two', 'clean one'])
  })

  test('ask: where nobody can be asked, all is cleaned up', async () => {
    const answer = () => {
      throw new Error('no available tty')
    }
    const { trail } = await build(steps(), policy('ask', { answer }))
    expect(trail.slice(3)).toEqual(['clean three', 'clean two', 'clean one'])
  })

  test('ask: a cancelled build waits for no answer', async () => {
    const stop = new AbortController()
    const answer = () => {
      stop.abort()
      return new Promise<string>(() => {})
    }
    const { trail, error } = await build(steps(), policy('ask', { answer, signal: stop.signal }))
    expect(trail.slice(3)).toEqual(['clean three', 'clean two', 'clean one'])
    expect(error).toContain('cancelled')
  })
})

describe('-debug', () => {
  const debug = { packer_debug: 'true' }
  const questions = (output: string) => output.split('\n').filter((line) => line.startsWith('Pausing'))

  test('pauses after each step and before each clean-up', async () => {
    const { output } = await build([traced('one'), traced('two')], { packer: debug, answer: () => '' })
    expect(questions(output)).toEqual([
      "Pausing after run of step 'one'. Press enter to continue.",
      "Pausing after run of step 'two'. Press enter to continue.",
      "Pausing before cleanup of step 'two'. Press enter to continue.",
      "Pausing before cleanup of step 'one'. Press enter to continue.",
    ])
  })

  test('does not pause for a step that failed', async () => {
    const { output } = await build([traced('one'), traced('two', fails)], { packer: debug, answer: () => '' })
    expect(questions(output).filter((line) => line.includes("'two'"))).toEqual([])
  })

  test('goes on where the build is cancelled during a pause', async () => {
    const stop = new AbortController()
    const answer = () => {
      stop.abort()
      return new Promise<string>(() => {})
    }
    const { trail } = await build([traced('one'), traced('two')], {
      packer: debug,
      answer,
      signal: stop.signal,
    })
    expect(trail).toEqual(['run one', 'clean one'])
  })

  test('tells steps, and lets them pause', async () => {
    const seen: unknown[] = []
    const step = traced('one', async (state) => {
      seen.push(state.get('debug'))
      await state.get('pauseFn')('after run of', 'half of one')
    })
    const { output } = await build([step], { packer: debug, answer: () => '' })
    expect(seen).toEqual([true])
    expect(questions(output)[0]).toContain('half of one')
  })
})
