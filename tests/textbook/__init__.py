"""Small scenarios whose answers are known in closed form or by quadrature; the engine is proved on them."""
