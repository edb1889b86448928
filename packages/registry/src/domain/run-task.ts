/** The types of run task. HCP Terraform calls `validation`; the others are older names of its parts. */
const taskTypes = ['validation', 'data-source-validation', 'resource-validation']

export function isTaskType(type: string): boolean {
  return taskTypes.includes(type)
}
