import type { Command } from 'commander'
import { createProject } from './create.ts'
import { deleteProject } from './delete.ts'
import { listProjects } from './list.ts'
import { renameProject } from './rename.ts'

/** `ingot project …`: each has its own registry. */
export function project(ingot: Command): void {
  const command = ingot.command('project').description('List, create, rename and delete projects')
  for (const add of [listProjects, createProject, renameProject, deleteProject]) add(command)
}
