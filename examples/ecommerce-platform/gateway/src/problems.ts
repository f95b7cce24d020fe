import { Problem } from "@speckit/service-kit";

/** The problems that only a gateway has. */
export const badGateway = () =>
  new Problem(502, {
    type: "/problems/bad-gateway",
    title: "Bad gateway",
    detail: "The service did not give an answer that can be handed on.",
  });

export const gatewayTimeout = () =>
  new Problem(504, {
    type: "/problems/gateway-timeout",
    title: "Gateway timeout",
    detail: "The service did not answer in time.",
  });

export const bodyTooLarge = () =>
  new Problem(413, {
    type: "/problems/payload-too-large",
    title: "Payload too large",
    detail: "The body is larger than this operation takes.",
  });
