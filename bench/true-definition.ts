/** A job definition of `/bin/true`, as small as Fargate has it. */
export function trueDefinition(jobDefinitionName: string) {
  return {
    jobDefinitionName,
    type: 'container' as const,
    platformCapabilities: ['FARGATE' as const],
    containerProperties: {
      image: 'none',
      command: ['/bin/true'],
      executionRoleArn: 'arn:aws:iam::000000000000:role/execution',
      resourceRequirements: [
        { type: 'VCPU' as const, value: '0.25' },
        { type: 'MEMORY' as const, value: '512' },
      ],
    },
  }
}
