import { type DeploySettings, listed } from '../settings.ts'
import { attribute, type Expression, type Resource, type Resources, ref } from '../template/cloudformation.ts'

/** Where jobs run. */
export interface Network {
  readonly resources: Resources
  readonly subnets: readonly Expression[]
  readonly securityGroups: readonly Expression[]
}

/**
 * A small VPC of two public subnets: jobs have public addresses, so there is no NAT gateway to pay while nothing runs,
 * and the security group lets nobody in. Given subnets and security groups are used instead.
 */
export function network(settings: DeploySettings): Network {
  const subnets = listed(settings.subnets)
  const securityGroups = listed(settings.securityGroups)
  const ownVpc = subnets.length === 0
  return {
    resources: {
      ...(ownVpc && vpc(settings.vpcCidr)),
      ...(ownVpc && securityGroups.length === 0 && { JobSecurityGroup: securityGroup() }),
    },
    subnets: ownVpc ? [ref('JobSubnetA'), ref('JobSubnetB')] : subnets,
    securityGroups:
      securityGroups.length > 0 || !ownVpc ? securityGroups : [attribute('JobSecurityGroup', 'GroupId')],
  }
}

function vpc(cidr: string): Resources {
  const tags = [{ Key: 'Name', Value: ref('AWS::StackName') }]
  return {
    JobVpc: {
      Type: 'AWS::EC2::VPC',
      Properties: { CidrBlock: cidr, EnableDnsSupport: true, EnableDnsHostnames: true, Tags: tags },
    },
    JobInternetGateway: { Type: 'AWS::EC2::InternetGateway', Properties: { Tags: tags } },
    JobGatewayAttachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: ref('JobVpc'), InternetGatewayId: ref('JobInternetGateway') },
    },
    JobRouteTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('JobVpc'), Tags: tags } },
    JobDefaultRoute: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'JobGatewayAttachment',
      Properties: {
        RouteTableId: ref('JobRouteTable'),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref('JobInternetGateway'),
      },
    },
    JobObjectsEndpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcId: ref('JobVpc'),
        ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
        RouteTableIds: [ref('JobRouteTable')],
      },
    },
    ...subnet('JobSubnetA', 0, cidr),
    ...subnet('JobSubnetB', 1, cidr),
  }
}

function subnet(id: string, index: number, cidr: string): Resources {
  const properties = {
    VpcId: ref('JobVpc'),
    AvailabilityZone: { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] },
    CidrBlock: { 'Fn::Select': [index, { 'Fn::Cidr': [cidr, 2, 12] }] },
    MapPublicIpOnLaunch: true,
  }
  return {
    [id]: { Type: 'AWS::EC2::Subnet', Properties: properties },
    [`${id}Routes`]: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: ref(id), RouteTableId: ref('JobRouteTable') },
    },
  }
}

function securityGroup(): Resource {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'Jobs of Batchwise: out to anywhere, nobody in',
      VpcId: ref('JobVpc'),
      SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: 'Images, S3, AWS APIs' }],
    },
  }
}
