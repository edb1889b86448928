import { rm, writeFile } from 'node:fs/promises'
import {
  type ConfigOf,
  config,
  defineBuilder,
  localShell,
  runSteps,
  type StateBag,
  type Step,
  type StepState,
  stepProvision,
} from '@ingot/plugin-sdk'

const settings = config({
  file: config.string().required().doc('The file that is the machine.'),
  note: config.string().default('').doc('What is said of it.'),
  fail: config.boolean().default(false).doc('Whether its image cannot be captured.'),
})

interface MachineState extends StepState {
  config: ConfigOf<typeof settings>
}

/** Makes a machine, which is a file, in steps. */
export const machine = defineBuilder({
  config: settings,
  images: 'none',
  generates: ['Machine'],
  async run(build) {
    const { file } = build.config
    const first = {
      communicator: localShell({ signal: build.signal }),
      instance_id: file,
      generated_data: { Machine: file },
    }
    await runSteps<MachineState>([new CreateMachine(), stepProvision(), new Capture()], build, first)
    const image = `${file}.image`
    return { id: image, description: `image ${image}`, files: [image], destroy: () => rm(image) }
  },
})

class CreateMachine implements Step<MachineState> {
  // Messages call steps by these names, whatever a bundler makes of those of classes.
  readonly name = 'CreateMachine'

  async run(state: StateBag<MachineState>) {
    const { file, note } = state.get('config')
    void state.get('ui').say(`Creating ${file} with ${note}`)
    await writeFile(file, 'machine\n')
  }

  async cleanup(state: StateBag<MachineState>) {
    const { file } = state.get('config')
    void state.get('ui').say(`Deleting ${file}`)
    await rm(file, { force: true })
  }
}

class Capture implements Step<MachineState> {
  readonly name = 'Capture'

  async run(state: StateBag<MachineState>) {
    const { file, fail } = state.get('config')
    if (fail) throw new Error('the camera is broken')
    void state.get('ui').say(`Capturing ${file}`)
    await writeFile(`${file}.image`, 'image\n')
  }
}
