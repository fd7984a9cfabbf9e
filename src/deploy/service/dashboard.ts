import type { Resource } from '../template/cloudformation.ts'

type Metric = readonly [namespace: string, name: string, dimension: string, value: string, options?: object]

/** Runs, failures, submissions and latency of a stack, from the metrics that the functions write into their logs. */
export function dashboard(stackName: string, functions: readonly string[]): Resource {
  const own = (name: string, stat: string): Metric => ['Batchwise', name, 'Stack', stackName, { stat }]
  const widgets = [
    widget(
      'Runs',
      0,
      0,
      ['RunsStarted', 'RunsSucceeded', 'RunsFailed', 'RunsCancelled'].map(name => own(name, 'Sum')),
    ),
    widget('Submissions', 12, 0, [own('JobsSubmitted', 'Sum'), own('SubmissionsRefused', 'Sum')]),
    widget('Seconds from start to end of a run', 0, 6, [own('RunSeconds', 'p50'), own('RunSeconds', 'p95')]),
    widget(
      'Errors of functions',
      12,
      6,
      functions.map(name => ['AWS/Lambda', 'Errors', 'FunctionName', name, { stat: 'Sum' }]),
    ),
  ]
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: { DashboardName: stackName, DashboardBody: { 'Fn::Sub': JSON.stringify({ widgets }) } },
  }
}

function widget(title: string, x: number, y: number, metrics: readonly Metric[]) {
  const properties = { title, metrics, region: '${AWS::Region}', period: 300, view: 'timeSeries' }
  return { type: 'metric', x, y, width: 12, height: 6, properties }
}
