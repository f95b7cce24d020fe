import fc from "fast-check";

// The same commit passes or fails the same way; FAST_CHECK_SEED=N tries other values.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
