"""Order Paper: what Parliament and government say about themselves, as one audited warehouse."""
