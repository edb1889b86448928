import type { Figure } from './figure.ts'
import { describe } from './plugin/describe.ts'
import { footprint } from './plugin/footprint.ts'
import { noop } from './plugin/noop.ts'
import { packerBuild } from './plugin/packer-build.ts'
import { parallelBuilds } from './plugin/parallel-builds.ts'
import { ssh } from './plugin/ssh.ts'
import { start } from './plugin/start.ts'
import { wire } from './plugin/wire.ts'
import { channelRead } from './registry/channel-read.ts'
import { conversation } from './registry/conversation.ts'
import { durableWrites } from './registry/durable-writes.ts'
import { graph } from './registry/graph.ts'
import { manyVersions } from './registry/many-versions.ts'
import { memory } from './registry/memory.ts'
import { packageSearch } from './registry/package-search.ts'
import { ready } from './registry/ready.ts'
import { revocation } from './registry/revocation.ts'
import { sbom } from './registry/sbom.ts'
import { token } from './registry/token.ts'

/** All of them, in the order in which they are taken. */
export const figures: readonly Figure[] = [
  conversation,
  channelRead,
  durableWrites,
  token,
  ready,
  memory,
  manyVersions,
  revocation,
  graph,
  sbom,
  packageSearch,
  describe,
  start,
  footprint,
  noop,
  wire,
  ssh,
  packerBuild,
  parallelBuilds,
]
