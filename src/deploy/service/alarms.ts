import { attribute, type Expression, type Resource, type Resources, ref } from '../template/cloudformation.ts'

export interface AlarmsInput {
  /** Logical ids. */
  readonly deadLetterQueues: readonly string[]
  /** Names of the Lambda functions whose throttles and errors are told. */
  readonly functions: readonly string[]
  readonly sweep: string
}

/** What a person must hear of: lost messages, a sweep that does not run, throttles, errors. Told by the alert topic. */
export function alarms({ deadLetterQueues, functions, sweep }: AlarmsInput): Resources {
  return {
    ...Object.fromEntries(deadLetterQueues.map(queue => [`${queue}Alarm`, deadLettersAlarm(queue)])),
    SweepAlarm: sweepAlarm(sweep),
    ...(functions.length > 0 && functionAlarms(functions)),
  }
}

function functionAlarms(functions: readonly string[]): Resources {
  return {
    ThrottlesAlarm: sumAlarm(
      'Throttles',
      functions,
      'Functions are throttled: runs are late. Raise the quota of concurrent executions.',
    ),
    ErrorsAlarm: sumAlarm('Errors', functions, 'A function failed as a whole. Its log group says why.'),
  }
}

function deadLettersAlarm(queue: string): Resource {
  return alarm({
    AlarmDescription: `Messages that were given up lie in ${queue}. See docs/deploy.md, "When an alarm comes".`,
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: attribute(queue, 'QueueName') }],
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  })
}

/** No data is the bad case here. */
function sweepAlarm(name: string): Resource {
  return alarm({
    AlarmDescription: 'The sweep has not run for 5 minutes: what no event tells is not found.',
    Namespace: 'AWS/Lambda',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'FunctionName', Value: name }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 5,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  })
}

function sumAlarm(
  metric: 'Throttles' | 'Errors',
  functions: readonly string[],
  description: string,
): Resource {
  const metrics = functions.map((name, index) => ({
    Id: `m${index}`,
    ReturnData: false,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Dimensions: [{ Name: 'FunctionName', Value: name }],
      },
      Stat: 'Sum',
      Period: 300,
    },
  }))
  return alarm({
    AlarmDescription: description,
    Metrics: [{ Id: 'sum', Expression: 'SUM(METRICS())', Label: metric, ReturnData: true }, ...metrics],
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  })
}

function alarm(properties: Readonly<Record<string, unknown>>): Resource {
  const tell: readonly Expression[] = [ref('AlertTopic')]
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { ...properties, AlarmActions: tell, OKActions: tell },
  }
}
