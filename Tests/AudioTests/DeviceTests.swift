import Testing

/// What uses real-time devices, one test after the other: they must not take each other's processor.
@Suite(.serialized) struct DeviceTests {}
