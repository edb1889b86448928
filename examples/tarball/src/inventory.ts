import { config, defineProvisioner } from '@ingot/plugin-sdk'

/** Lists what is on the machine, with checksums, in a file on it. */
export const inventory = defineProvisioner({
  doc: 'Writes a file that lists all files of the image with their checksums.',
  config: config({
    folder: config.string().default('.').doc('Where to look.'),
    file: config.string().default('INVENTORY').doc('The file to write.'),
    title: config.string().doc('First line of the file; it may read `build.ImageRoot` and the like.'),
  }),
  async run({ config: { folder, file, title }, ui, communicator }) {
    void ui.say(`Listing ${folder}`)
    const listing = await communicator.exec(
      `cd "$(cat)" && find . -type f -exec sha256sum {} + | sort -k 2`,
      {
        stdin: folder,
      },
    )
    if (listing.exitStatus !== 0) throw new Error(`Cannot list ${folder}: ${listing.stderr.trim()}`)
    const lines = [...(title === undefined ? [] : [`# ${title}`]), listing.stdout.trimEnd()]
    await communicator.upload(file, `${lines.join('\n')}\n`, { mode: 0o444 })
    void ui.say(`Files in ${file}: ${listing.stdout.split('\n').length - 1}`)
  },
})
