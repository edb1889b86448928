import { relative } from 'node:path'
import { asked, completed, readFlags } from './answers.ts'
import { CreateError } from './create-error.ts'
import { type CreatedPlugin, createPlugin } from './create-plugin.ts'
import { ownVersion } from './packages.ts'

const help = `Begin a Packer plugin in TypeScript.

  npm create ingot-plugin [folder] -- [flags]

  --name NAME         as in packer-plugin-NAME; unless told, from the folder's name
  --component KIND    builder, provisioner, post-processor or data-source
  --dir FOLDER        packer-plugin-NAME unless told
  --owner OWNER       of the repository on GitHub, from which users install it
  --license LICENSE   apache-2.0, mit or none
  --sdk PATH          a clone of Ingot or a folder with its packages, instead of those on npm
  -y, --yes           ask nothing
  -h, --help          this
  -v, --version       the version`

/** Runs one command line and answers the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const flags = readFlags(argv)
    if (flags.help || flags.version) return told(flags.help ? help : ownVersion())
    const isAsking = !flags.yes && process.stdin.isTTY === true
    const terminal = { input: process.stdin, output: process.stdout }
    const answers = isAsking ? await asked(flags, terminal) : completed(flags)
    const created = createPlugin({ ...answers, year: new Date().getFullYear(), node: authorsNode() })
    return told(nextSteps(created))
  } catch (error) {
    if (!(error instanceof CreateError)) throw error
    console.error(error.message)
    return error.code === 'usage' ? 2 : 1
  }
}

/** The Node of the author's shell; in a clone this runs on the clone's own. */
function authorsNode(
  { npm_config_user_agent = '', INGOT_AUTHORS_NODE }: NodeJS.ProcessEnv = process.env,
): string {
  return /\bnode\/(v\d\S*)/.exec(npm_config_user_agent)?.[1] ?? INGOT_AUTHORS_NODE ?? process.version
}

function told(text: string): number {
  console.log(text)
  return 0
}

function nextSteps({ folder, files }: CreatedPlugin): string {
  return `Made ${files.length} files in ${folder}. Next:

  cd ${relative(process.cwd(), folder) || '.'}
  npm install
  npm test                      # also with packer, where there is one
  npm run install-plugin        # where packer finds it
  npx ingot serve &             # a registry on this machine
  eval "$(npx ingot env)"
  packer build example/build.pkr.hcl`
}
