import type { IAuthorizationPolicy } from "@kubernetes-models/istio/security.istio.io/v1";
import * as securityV1 from "@kubernetes-models/istio/security.istio.io/v1";
import * as securityV1beta1 from "@kubernetes-models/istio/security.istio.io/v1beta1";
import type { IDeployment } from "kubernetes-models/apps/v1";
import * as apps from "kubernetes-models/apps/v1";
import * as autoscaling from "kubernetes-models/autoscaling/v2";
import * as networking from "kubernetes-models/networking.k8s.io/v1";
import * as policy from "kubernetes-models/policy/v1";
import * as core from "kubernetes-models/v1";

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

type ModelClass = new (data: never) => { validate(): void };

const models: Readonly<Record<string, object>> = {
  "apps/v1": apps,
  "autoscaling/v2": autoscaling,
  "networking.k8s.io/v1": networking,
  "policy/v1": policy,
  v1: core,
  "security.istio.io/v1": securityV1,
  "security.istio.io/v1beta1": securityV1beta1,
};

/** Throws unless the manifest matches the schema that Kubernetes or Istio publish for its kind, and such a schema is known. */
export function mustBeValid(manifest: Manifest): void {
  const { apiVersion, kind } = manifest;
  const Model = (models[apiVersion] as Record<string, ModelClass> | undefined)?.[kind];
  if (!Model) throw new Error(`There is no schema for ${apiVersion} ${kind}.`);
  new Model(manifest as never).validate();
}

export const ofKind = <Kind extends Manifest>(manifests: readonly Manifest[], kind: string): Kind[] =>
  manifests.filter((manifest): manifest is Kind => manifest.kind === kind);

export type DeploymentManifest = IDeployment & Manifest;
export type AuthorizationManifest = IAuthorizationPolicy & Manifest;
export type NetworkPolicyManifest = networking.INetworkPolicy & Manifest;
