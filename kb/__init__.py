"""An argument-mapping knowledge base: debates as YAML in git, checked, evaluated, queried and published."""
