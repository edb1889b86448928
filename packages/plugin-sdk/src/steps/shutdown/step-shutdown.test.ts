import { expect, test } from 'vitest'
import { defineBuilder } from '../../builder/definition.ts'
import { type ConfigInput, config } from '../../config/config.ts'
import { testBuilder } from '../../testing/test-builder.ts'
import { testMachine } from '../../testing/test-machine.ts'
import { runSteps } from '../run-steps.ts'
import type { StepState } from '../step-state.ts'
import { shutdownConfig } from './shutdown-config.ts'
import { stepShutdown } from './step-shutdown.ts'

const settings = config(shutdownConfig())

interface Power {
  isOn: boolean
}

async function shutDown(
  given: ConfigInput<typeof settings>,
  machine: ReturnType<typeof testMachine> | undefined,
  power: Power,
) {
  let switchedOff = false
  const builder = defineBuilder({
    config: settings,
    images: 'none',
    async run(build) {
      const step = stepShutdown<StepState>(build.config, {
        isOff: () => !power.isOn,
        switchOff() {
          switchedOff = true
          power.isOn = false
        },
        poll: 5,
      })
      await runSteps([step], build, machine ? { communicator: machine.communicator } : {})
      return undefined
    },
  })
  const { output } = await testBuilder(builder).run(given)
  return { output, switchedOff }
}

test('the command shuts the machine down', async () => {
  const power = { isOn: true }
  const machine = testMachine(() => {
    setTimeout(() => {
      power.isOn = false
    }, 20)
    return { stdout: 'going down\n' }
  })
  const { output, switchedOff } = await shutDown({ shutdown_command: 'poweroff' }, machine, power)
  expect(machine.commands).toMatchObject([{ command: 'poweroff' }])
  expect(output).toContain('Gracefully halting the machine...\ngoing down')
  expect(switchedOff).toBe(false)
})

test('that the connection breaks is no error', async () => {
  const power = { isOn: true }
  const machine = testMachine(() => {
    power.isOn = false
    throw new Error('connection lost')
  })
  await shutDown({ shutdown_command: 'poweroff' }, machine, power)
})

test.each([
  [{}, testMachine()],
  [{ shutdown_command: 'poweroff' }, undefined],
])('without a command or a connection the machine is switched off', async (given, machine) => {
  expect((await shutDown(given, machine, { isOn: true })).switchedOff).toBe(true)
})

test('a machine that stays on fails the build', async () => {
  const given = { shutdown_command: 'true', shutdown_timeout: '30ms' }
  await expect(shutDown(given, testMachine(), { isOn: true })).rejects.toThrow(
    'The machine was not off after 30ms: see whether shutdown_command works, or raise shutdown_timeout',
  )
})
