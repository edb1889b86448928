import type { Patch, Test, Twin } from './twin.ts'

const operations = 'src/operations'
const rows = 'src/store/rows'
const revoking = (title: string): Test => ({ file: `${operations}/revoking.test.ts`, title })
const publishing = (title: string): Test => ({ file: `${operations}/publishing.test.ts`, title })
const channels = (title: string): Test => ({ file: `${operations}/channels.test.ts`, title })

function twin(name: string, caughtBy: Test, ...patches: readonly Patch[]): Twin {
  return { of: 'registry', name, patches, caughtBy }
}

/** What could go wrong in a registry without anybody seeing it for long. */
export const registryTwins: readonly Twin[] = [
  twin(
    'acknowledges before the commit',
    { file: 'src/store/sqlite/group-commit.test.ts', title: 'nobody is answered before the commit' },
    {
      file: 'src/store/sqlite/group-commit.ts',
      find: 'return () => resolve(result)',
      replace: 'resolve(result)\n      return () => undefined',
    },
  ),
  twin(
    'completes a version after the transaction of its last build',
    publishing('no reader ever sees all builds done and the version not complete'),
    {
      file: `${operations}/builds.ts`,
      find: "const done = before.status !== 'done' && after.status === 'done'",
      replace: 'const done = false',
    },
    {
      file: `${operations}/builds.ts`,
      find: 'export async function deleteBuild(',
      replace: `export async function finishLater(stage: Stage, at: BuildAddress): Promise<void> {
        await finish(stage, (await findBuild(stage, at)).version)
      }
      export async function deleteBuild(`,
    },
    {
      file: 'src/registry/builds.ts',
      find: '      builds.updateBuild(stage, at, change),\n    )',
      replace: `      builds.updateBuild(stage, at, change),
    ).then(async (view) => {
      await this.#desk.change({ caller, action: 'build.update', at }, (stage) => builds.finishLater(stage, at))
      return view
    })`,
    },
  ),
  twin(
    'lets nobody inherit over observed edges',
    {
      file: `${operations}/ancestry.test.ts`,
      title: 'what was built from a revoked image is revoked with it, however its parent is known',
    },
    {
      file: `${rows}/revocation-rows.ts`,
      find: 'join heirs h on a.parent_version_id = h.id)',
      replace: "join heirs h on a.parent_version_id = h.id where a.kind = 'declared')",
    },
  ),
  twin(
    'inherits from one of two revoked ancestors only',
    revoking('what is revoked through two ancestors stays so until both are restored'),
    {
      file: `${rows}/revocation-rows.ts`,
      find: 'where r.origin_id = :origin and h.id <> :origin on',
      replace: `where r.origin_id = :origin and h.id <> :origin
        and not exists (select 1 from revocations o where o.version_id = h.id) on`,
    },
  ),
  twin(
    'rolls back to a revoked version',
    revoking('channels fall back to the newest of their history that may still be used, in the same step'),
    {
      file: `${rows}/channel-rows.ts`,
      find: 'not exists (select 1 from revocations r where r.version_id = v.id and r.revoke_at <= :now)',
      replace: ':now > 0',
    },
  ),
  twin(
    'moves latest to a version that is revoked when it completes',
    revoking(
      'a build recorded with a revoked parent makes its version inherit at once, and latest is not moved',
    ),
    {
      file: `${operations}/assignments.ts`,
      find: 'if (complete && !isRevoked(complete, now))',
      replace: 'if (complete)',
    },
  ),
  twin(
    'lists restricted channels to readers',
    channels('a reader sees no restricted channel in lists and is told so when asking for one'),
    {
      file: `${operations}/channels.ts`,
      find: 'for (const channel of channels)\n    if (',
      replace: 'for (const channel of channels)\n    if (channel.restricted || ',
    },
  ),
  twin(
    'lists buckets of all projects',
    {
      file: `${operations}/two-projects.test.ts`,
      title: 'nothing of another project comes up in a list or a search',
    },
    {
      file: `${rows}/bucket-rows.ts`,
      find: "new Keyset<Row, 'project', BucketColumn>(select,",
      replace: "new Keyset<Row, 'project', BucketColumn>(select.replace('= :project', '<> :project || 1'),",
    },
  ),
  twin(
    'finds images of all projects',
    {
      file: `${operations}/two-projects.test.ts`,
      title: 'nothing of another project comes up in a list or a search',
    },
    { file: `${rows}/image-rows.ts`, find: 'and b.project_id = :project', replace: 'and :project <> 1' },
  ),
  twin(
    'shows the last row of a page again on the next',
    {
      file: 'src/store/store.test.ts',
      title: 'sorts names by their code points and pages from any row, both ways',
    },
    { file: `${rows}/keyset.ts`, find: "? '<' : '>'", replace: "? '<=' : '>='" },
  ),
  twin(
    'keeps half of what it refuses',
    channels('what cannot be assigned is refused, and nothing of the channel is made'),
    { file: `${operations}/desk.ts`, find: 'await undo()\n', replace: '\n' },
  ),
  twin(
    'writes no audit row of what it refuses to a writer',
    {
      file: `${operations}/audit.test.ts`,
      title: 'every refusal is one row, of reads too, and nothing else of it is kept',
    },
    {
      file: `${operations}/desk.ts`,
      find: 'await rows.audit.add({ ...eventOf(request, now), outcome: error.code, message: error.message })',
      replace: '',
    },
  ),
  twin(
    'revokes although the world has changed since the plan',
    {
      file: `${operations}/revocation-plan.test.ts`,
      title: 'is refused after a new descendant, and nothing is done',
    },
    {
      file: `${operations}/revocation-plan.ts`,
      find: 'words.planId !== undefined && words.planId !== plan.id',
      replace: 'false',
    },
  ),
]
