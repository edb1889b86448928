import { config, defineProvisioner } from '@ingot/plugin-sdk'

export const settings = config({
  text: config.string().required().doc('What people read when they log in.'),
  path: config.string().default('/etc/motd').doc('The file that they read.'),
})

/** Writes the message of the day, and lets the machine take note: put your own work in its place. */
export const motd = defineProvisioner({
  doc: 'Writes the message of the day.',
  config: settings,
  async run({ config, ui, communicator }) {
    ui.say(`Writing ${config.path}`)
    await communicator.upload(config.path, `${config.text}\n`, { mode: 0o644 })
    const { exitStatus, stderr } = await communicator.exec(`test -s ${config.path}`)
    if (exitStatus !== 0) throw new Error(`${config.path} is empty on the machine: ${stderr}`)
  },
})
