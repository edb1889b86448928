import { config, defineProvisioner } from '@ingot/plugin-sdk'

/** One process runs a provisioner as often as it takes. */
let runs = 0

/** Runs a command and says what it printed; the first runs may fail. */
export const task = defineProvisioner({
  config: config({
    title: config.string().default('').doc('What it is called.'),
    command: config.string().required().doc('What is to run.'),
    failures: config.number().integer().default(0).doc('How many of the first runs fail.'),
  }),
  async run({ config: { title, command, failures }, ui, communicator }) {
    runs++
    if (runs <= failures) {
      void ui.say(`Run ${runs} fails`)
      throw new Error('failed as it was told')
    }
    const { stdout, exitStatus } = await communicator.exec(command)
    void ui.say(`${stdout}${title} ended with ${exitStatus}`)
    if (exitStatus !== 0) throw new Error(`the command ended with status ${exitStatus}`)
  },
})
