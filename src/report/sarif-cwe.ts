/**
 * The weaknesses of MITRE's CWE list that findings refer to, as a SARIF taxonomy. Names are those of CWE 4.16; an id that is not in the
 * table is still referred to, only without its name.
 */
import type { ReportingDescriptor, ReportingDescriptorRelationship, ToolComponent } from 'sarif';
import type { RuleDescription } from '../model/rule-description.ts';

const NAMES: Readonly<Record<number, string>> = {
  20: 'Improper Input Validation',
  200: 'Exposure of Sensitive Information to an Unauthorized Actor',
  252: 'Unchecked Return Value',
  253: 'Incorrect Check of Function Return Value',
  285: 'Improper Authorization',
  287: 'Improper Authentication',
  306: 'Missing Authentication for Critical Function',
  362: "Concurrent Execution using Shared Resource with Improper Synchronization ('Race Condition')",
  390: 'Detection of Error Condition Without Action',
  391: 'Unchecked Error Condition',
  392: 'Missing Report of Error Condition',
  393: 'Return of Wrong Status Code',
  394: 'Unexpected Status Code or Return Value',
  400: 'Uncontrolled Resource Consumption',
  404: 'Improper Resource Shutdown or Release',
  456: 'Missing Initialization of a Variable',
  480: 'Use of Incorrect Operator',
  561: 'Dead Code',
  563: 'Assignment to Variable without Use',
  567: 'Unsynchronized Access to Shared Data in a Multithreaded Context',
  636: "Not Failing Securely ('Failing Open')",
  639: 'Authorization Bypass Through User-Controlled Key',
  662: 'Improper Synchronization',
  665: 'Improper Initialization',
  668: 'Exposure of Resource to Wrong Sphere',
  670: 'Always-Incorrect Control Flow Implementation',
  682: 'Incorrect Calculation',
  691: 'Insufficient Control Flow Management',
  693: 'Protection Mechanism Failure',
  696: 'Incorrect Behavior Order',
  697: 'Incorrect Comparison',
  703: 'Improper Check or Handling of Exceptional Conditions',
  705: 'Incorrect Control Flow Scoping',
  754: 'Improper Check for Unusual or Exceptional Conditions',
  755: 'Improper Handling of Exceptional Conditions',
  770: 'Allocation of Resources Without Limits or Throttling',
  772: 'Missing Release of Resource after Effective Lifetime',
  778: 'Insufficient Logging',
  799: 'Improper Control of Interaction Frequency',
  820: 'Missing Synchronization',
  833: 'Deadlock',
  834: 'Excessive Iteration',
  835: "Loop with Unreachable Exit Condition ('Infinite Loop')",
  841: 'Improper Enforcement of Behavioral Workflow',
  862: 'Missing Authorization',
  863: 'Incorrect Authorization',
  908: 'Use of Uninitialized Resource',
  1080: 'Source Code File with Excessive Number of Lines of Code',
  1164: 'Irrelevant Code',
};

/** Every weakness that some finding of these rules names, in order. */
export function weaknessesOf(rules: readonly RuleDescription[]): readonly number[] {
  const all = rules.flatMap((rule) => Object.values(rule.messages).flatMap((spec) => spec.cwe ?? []));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** The taxonomy that holds them, in that order: relationships refer to it by index. */
export function cweTaxonomy(weaknesses: readonly number[]): ToolComponent {
  return {
    name: 'CWE',
    version: '4.16',
    organization: 'MITRE',
    informationUri: 'https://cwe.mitre.org/data/published/cwe_v4.16.pdf/',
    downloadUri: 'https://cwe.mitre.org/data/xml/cwec_v4.16.xml.zip',
    shortDescription: { text: 'The MITRE Common Weakness Enumeration.' },
    isComprehensive: false,
    taxa: weaknesses.map((id): ReportingDescriptor => {
      const name = NAMES[id];
      return {
        id: `${id}`,
        ...(name === undefined ? {} : { name, shortDescription: { text: `${name}.` } }),
        helpUri: `https://cwe.mitre.org/data/definitions/${id}.html`,
      };
    }),
  };
}

export function relationship(id: number, weaknesses: readonly number[]): ReportingDescriptorRelationship {
  return {
    target: { id: `${id}`, index: weaknesses.indexOf(id), toolComponent: { name: 'CWE', index: 0 } },
    kinds: ['relevant'],
  };
}
