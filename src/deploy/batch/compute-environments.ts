import { type DeploySettings, listed } from '../settings.ts'
import { attribute, type Expression, type Resource, type Resources, ref } from '../template/cloudformation.ts'
import type { Network } from './network.ts'

/** What job queues place their jobs on. */
export interface ComputeEnvironments {
  readonly resources: Resources
  readonly fargateSpot: Expression
  readonly fargate: Expression
  readonly ec2Spot: Expression
}

/** Fargate Spot, Fargate on demand and EC2 Spot, each scaled to nothing while no job waits; or existing ones. */
export function computeEnvironments(
  settings: DeploySettings,
  network: Network,
  instanceProfile: Expression,
): ComputeEnvironments {
  const own = !settings.ec2SpotEnvironment
  return {
    resources: {
      ...(!settings.fargateSpotEnvironment && { FargateSpot: fargate('FARGATE_SPOT', settings, network) }),
      ...(!settings.fargateEnvironment && { FargateOnDemand: fargate('FARGATE', settings, network) }),
      ...(own && {
        Ec2Spot: ec2Spot(settings, network, instanceProfile),
        Ec2LaunchTemplate: launchTemplate(),
      }),
    },
    fargateSpot: settings.fargateSpotEnvironment || ref('FargateSpot'),
    fargate: settings.fargateEnvironment || ref('FargateOnDemand'),
    ec2Spot: settings.ec2SpotEnvironment || ref('Ec2Spot'),
  }
}

function fargate(type: 'FARGATE' | 'FARGATE_SPOT', settings: DeploySettings, network: Network): Resource {
  return environment({ Type: type, ...common(settings, network) })
}

/** Batch makes its service-linked role on first use; with it an environment is updated in place. */
function environment(computeResources: Readonly<Record<string, unknown>>): Resource {
  return {
    Type: 'AWS::Batch::ComputeEnvironment',
    Properties: {
      Type: 'MANAGED',
      State: 'ENABLED',
      ReplaceComputeEnvironment: false,
      ComputeResources: computeResources,
    },
  }
}

function common(settings: DeploySettings, { subnets, securityGroups }: Network) {
  return {
    MaxvCpus: Number(settings.maxvCpus),
    Subnets: subnets,
    SecurityGroupIds: securityGroups,
  }
}

function ec2Spot(settings: DeploySettings, network: Network, instanceProfile: Expression): Resource {
  return environment({
    Type: 'SPOT',
    AllocationStrategy: 'SPOT_PRICE_CAPACITY_OPTIMIZED',
    MinvCpus: 0,
    InstanceTypes: listed(settings.ec2InstanceTypes),
    InstanceRole: instanceProfile,
    LaunchTemplate: {
      LaunchTemplateId: ref('Ec2LaunchTemplate'),
      Version: attribute('Ec2LaunchTemplate', 'LatestVersionNumber'),
    },
    UpdateToLatestImageVersion: true,
    ...common(settings, network),
  })
}

/** An encrypted disk, and instance metadata only for who asks with a token from the host itself. */
function launchTemplate(): Resource {
  return {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 60, VolumeType: 'gp3', Encrypted: true } },
        ],
      },
    },
  }
}
