import type { Client, Graph, RevocationPlan, RevocationWish, Version } from '@ingot/client'
import type { Command } from 'commander'
import { confirm } from '../confirm.ts'
import { withClient } from '../connection.ts'
import { versionCalled } from '../named/version.ts'
import { planText } from '../output/plan.ts'
import { shellWord, versionWord } from '../output/words.ts'
import { type Settings, settingsOf } from '../settings.ts'

/** `ingot revoke`: takes a version, and what was built from it, out of use. */
export function revoke(ingot: Command): void {
  ingot
    .command('revoke <bucket> <version>')
    .description('Take a version, and what was built from it, out of use')
    .option('--reason <text>', 'why; consumers read it')
    .option('--in <time>', 'not at once but after 30d, 12h, 45m …')
    .option('--at <time>', 'not at once but at a time, as 2027-01-31T12:00:00Z')
    .option('--plan', 'show what would happen, and change nothing')
    .option('--apply <plan>', 'do exactly what that plan said, or nothing')
    .option('--no-descendants', 'leave alone what was built from it')
    .option('--keep-channels', 'leave channels where they point')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
VERSION is a number, as v12, or a fingerprint. Channels that point at what is revoked go back to what they pointed at before.

Examples:
  ingot revoke base-ubuntu v12 --plan
  ingot revoke base-ubuntu v12 --reason "CVE-2026-1234" --apply PLAN
  ingot revoke base-ubuntu v12 --reason "end of life" --in 30d`,
    )
    .action(async (bucket: string, word: string, flags: RevokeFlags, at: Command) => {
      if (flags.plan && flags.apply) at.error('error: --plan and --apply exclude each other')
      if (flags.in && flags.at) at.error('error: --in and --at exclude each other')
      if (!flags.plan && !flags.reason) at.error('error: say why with --reason, or look first with --plan')
      const settings = settingsOf(at)
      await withClient(settings, async (client) => {
        const version = await versionCalled(client, bucket, word)
        if (flags.plan) await showPlan({ client, version, flags, settings })
        else await revokeNow({ client, version, flags, settings })
      })
    })
}

interface RevokeFlags {
  readonly reason?: string
  readonly in?: string
  readonly at?: string
  readonly plan?: boolean
  readonly apply?: string
  readonly descendants: boolean
  readonly keepChannels?: boolean
  readonly yes?: boolean
}

interface Revoking {
  readonly client: Client
  readonly version: Version
  readonly flags: RevokeFlags
  readonly settings: Settings
}

async function showPlan(revoking: Revoking): Promise<void> {
  const { client, version, flags, settings } = revoking
  const plan = await client.versions.planRevocation(placeOf(version), wishOf(flags))
  const graph = await graphOf(revoking, plan)
  settings.print.result(plan, () => {
    const command = commandOf(version, flags, plan.id)
    return `${planText(plan, { graph, tense: 'would' })}\n\nNothing was changed. To do exactly this:  ${command}`
  })
}

/** Shows what will happen and asks, unless told not to; what is done then is what was shown, or nothing. */
async function revokeNow(revoking: Revoking): Promise<void> {
  const { client, version, flags, settings } = revoking
  const wish = wishOf(flags)
  let planId = flags.apply
  if (!planId && !flags.yes) {
    const plan = await client.versions.planRevocation(placeOf(version), wish)
    settings.print.note(planText(plan, { graph: await graphOf(revoking, plan), tense: 'would' }))
    await confirm({ yes: flags.yes, what: `This revokes ${version.bucket_name} ${versionWord(version)}.` })
    planId = plan.id
  }
  const graph = flags.descendants ? await descendantsOf(client, version) : undefined
  const done = await client.versions.revoke(placeOf(version), { ...wish, ...(planId ? { planId } : {}) })
  settings.print.result(done, () => {
    const undo = `ingot restore ${version.bucket_name} ${versionWord(version)}`
    return `${planText(done, { graph, tense: 'done' })}\n\nTo take it back:  ${undo}`
  })
}

function graphOf({ client, version }: Revoking, plan: RevocationPlan): Promise<Graph | undefined> {
  return plan.descendants.length > 0 ? descendantsOf(client, version) : Promise.resolve(undefined)
}

function descendantsOf(client: Client, { bucket_name, fingerprint }: Version): Promise<Graph> {
  return client.ancestry.graph(bucket_name, { fingerprint, direction: 'descendants' })
}

function placeOf({ bucket_name: bucket, fingerprint }: Version) {
  return { bucket, fingerprint }
}

function wishOf({ reason, in: after, at, descendants, keepChannels }: RevokeFlags): RevocationWish {
  return {
    ...(reason ? { reason } : {}),
    ...(after ? { in: after } : {}),
    ...(at ? { at } : {}),
    keepDescendants: !descendants,
    keepChannels: keepChannels === true,
  }
}

function commandOf(version: Version, flags: RevokeFlags, plan: string): string {
  const { in: after, at, reason = '…' } = flags
  const options = [
    `--reason "${reason.replaceAll(/["\\$`]/g, '\\$&')}"`,
    ...(after ? [`--in ${shellWord(after)}`] : []),
    ...(at ? [`--at ${shellWord(at)}`] : []),
    ...(flags.descendants ? [] : ['--no-descendants']),
    ...(flags.keepChannels ? ['--keep-channels'] : []),
    `--apply ${plan}`,
  ]
  return `ingot revoke ${version.bucket_name} ${versionWord(version)} ${options.join(' ')}`
}
